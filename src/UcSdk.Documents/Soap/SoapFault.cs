using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Why a SOAP request was refused: the body of the error response (SOAP 1.1 §4.4).</summary>
/// <param name="Code">The code without prefix, e.g. <see cref="WrongDelta"/>; names get more special from left to right.</param>
/// <param name="Text">Text for people.</param>
public sealed record SoapFault(string Code, string Text) : DocumentPart
{
    /// <summary>The request was made against another version than the current one ([MS-PRES] §2.2.2.10.4 names the code).</summary>
    public const string WrongDelta = "Client.BadCall.WrongDelta";

    /// <summary>The request asks for something that is not there, or more than is allowed.</summary>
    public const string BadCall = "Client.BadCall";

    private const string Rule = "SOAP 1.1 §4.4";

    /// <summary>What the application that refused adds; null for nothing.</summary>
    public DocumentElement? Detail { get; init; }

    /// <summary>True for <see cref="WrongDelta"/>: read the current version and try again.</summary>
    public bool IsWrongDelta => Code.EndsWith("WrongDelta", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a fault.</summary>
    /// <returns>False when the body is not an envelope with a fault that has a code.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out SoapFault? fault,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        fault = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, scope, out var contents, out error, limits))
        {
            return false;
        }

        var read = Read(contents[0], scope);
        error = scope.Error;
        fault = scope.Failed ? null : read;
        return fault is not null;
    }

    /// <summary>The fault as UTF-8, in its envelope.</summary>
    public byte[] ToBytes() => SoapEnvelope.Write(new ElementBuilder(Namespaces.Soap, "Fault")
        // SOAP 1.1 §4.4: the parts of a fault are in no namespace, and the code is a qualified name.
        .Leaf("faultcode", $"{Namespaces.PrefixOf(Namespaces.Soap)}:{Code}", "")
        .Leaf("faultstring", Text, "")
        .Child(Detail)
        .Extensions(this)
        .Build());

    /// <summary>The code; never the text.</summary>
    public override string ToString() => $"fault {Code}";

    private static SoapFault? Read(DocumentElement element, DocumentScope scope)
    {
        if (element.Name != "Fault")
        {
            scope.Fail(element.Name, "the element Fault");
            return null;
        }

        var code = scope.RequireChild(element, "faultcode").Text.Trim();
        if (code.Length == 0)
        {
            scope.Fail("Fault/faultcode", "a code");
        }

        return new SoapFault(code[(code.IndexOf(':', StringComparison.Ordinal) + 1)..], element.ChildText("faultstring") ?? "")
        {
            Detail = element.Child("detail"),
            Extensions = ElementBuilder.Unknown(element, "faultcode", "faultstring", "detail"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
        };
    }
}
