using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The envelope of SOAP 1.1 §4: what stands in the body. Headers, of which SIP uses none, are written for the web services only.</summary>
internal static class SoapEnvelope
{
    /// <summary>Opens an envelope.</summary>
    /// <returns>False when the bytes are no envelope, or its body is empty.</returns>
    public static bool TryOpen(
        ReadOnlyMemory<byte> body, DocumentScope scope, [NotNullWhen(true)] out ValueList<DocumentElement>? contents, out DocumentError error, DocumentLimits? limits)
    {
        contents = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        if (root.Name != "Envelope")
        {
            scope.Fail(root.Name, "the root element Envelope");
        }
        else if (root.Child("Body") is not { Children.Count: > 0 } inner)
        {
            scope.Fail("Envelope/Body", "an element");
        }
        else
        {
            contents = inner.Children;
        }

        error = scope.Error;
        scope.Path = "Envelope/Body";
        return contents is not null;
    }

    /// <summary>Opens an envelope whose body holds the element.</summary>
    /// <returns>False when the bytes are no envelope, or its body holds something else.</returns>
    public static bool TryOpen(
        ReadOnlyMemory<byte> body, string content, DocumentScope scope, [NotNullWhen(true)] out DocumentElement? element, out DocumentError error, DocumentLimits? limits)
    {
        element = null;
        if (!TryOpen(body, scope, out var contents, out error, limits))
        {
            return false;
        }

        if (contents[0].Name != content)
        {
            scope.Fail(contents[0].Name, $"the element {content}");
            error = scope.Error;
            return false;
        }

        scope.Path += $"/{content}";
        element = contents[0];
        return true;
    }

    public static byte[] Write(IEnumerable<DocumentElement> contents, IEnumerable<DocumentElement>? headers = null)
    {
        var envelope = new ElementBuilder(Namespaces.Soap, "Envelope");
        if (headers is not null)
        {
            envelope.Child(new ElementBuilder(Namespaces.Soap, "Header").Children(headers).Build());
        }

        return envelope.Child(new ElementBuilder(Namespaces.Soap, "Body").Children(contents).Build()).Build().ToBytes();
    }

    public static byte[] Write(DocumentElement content) => Write([content]);
}
