using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The answer to a <see cref="DirectorySearchRequest"/> ([MS-PRES] §2.2.1).</summary>
/// <param name="Entries">Who was found.</param>
/// <param name="MoreAvailable">True when there are more than the answer holds.</param>
public sealed record DirectorySearchResult(ValueList<DirectorySearchEntry> Entries, bool MoreAvailable) : DocumentPart
{
    private const string Rule = "[MS-PRES] §2.2.1";
    private const string ArrayId = "searchArray";

    /// <summary>Reads an answer.</summary>
    /// <returns>False when the body is not an envelope with a <c>directorySearch</c> or rows, or a row has no address.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out DirectorySearchResult? result,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        result = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, scope, out var contents, out error, limits))
        {
            return false;
        }

        var search = contents.FirstOrDefault(element => element.Name == DirectorySearchRequest.ElementName);
        var array = contents.FirstOrDefault(element => element.Name == "Array");
        if (search is null && array is null)
        {
            scope.Fail(contents[0].Name, "the elements directorySearch and Array");
        }

        scope.Path += "/Array";
        var entries = ValueList.From((array?.ChildrenNamed("row") ?? []).Select(row => DirectorySearchEntry.Read(row, scope)));
        error = scope.Error;
        result = scope.Failed ? null : new DirectorySearchResult(entries, DocumentScope.Boolean(search?.ChildText("moreAvailable")) ?? false)
        {
            Extensions = search is null ? [] : ElementBuilder.Unknown(search, "value", "moreAvailable"),
        };
        return result is not null;
    }

    /// <summary>The answer as UTF-8, in its envelope.</summary>
    public byte[] ToBytes() => SoapEnvelope.Write(
    [
        new ElementBuilder(Namespaces.SipService, DirectorySearchRequest.ElementName)
            .Child(new ElementBuilder(Namespaces.SipService, "value").Attribute("href", "#" + ArrayId, Namespaces.SipService).Build())
            .Leaf("moreAvailable", MoreAvailable)
            .Extensions(this)
            .Build(),
        new ElementBuilder(Namespaces.SipService, "Array")
            .Attribute("id", ArrayId, Namespaces.SipService)
            .Children(Entries.Select(entry => entry.Write()))
            .Build(),
    ]);

    /// <summary>How many were found; never who.</summary>
    public override string ToString() => $"directorySearch: {Entries.Count} entries{(MoreAvailable ? " and more" : "")}";
}
