using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>The answer to a <see cref="SearchAbEntryRequest"/>.</summary>
/// <param name="Entries">Who was found; the same entry may come twice.</param>
public sealed record SearchAbEntryResult(ValueList<AddressBookEntry> Entries) : DocumentPart
{
    private const string Rule = "[MS-DLX] SearchAbEntry";
    private const string ElementName = "SearchAbEntryResponse";

    /// <summary>Reads an answer.</summary>
    /// <returns>False when the body is not an envelope with a <c>SearchAbEntryResponse</c>.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out SearchAbEntryResult? result,
        out DocumentError error,
        DocumentLimits? limits = null)
    {
        result = null;
        var scope = new DocumentScope(Rule);
        if (!SoapEnvelope.TryOpen(body, scope, out var contents, out error, limits))
        {
            return false;
        }

        if (contents[0].Name != ElementName)
        {
            scope.Fail(contents[0].Name, $"the element {ElementName}");
            error = scope.Error;
            return false;
        }

        var found = contents[0].Child("SearchAbEntryResult");
        result = new SearchAbEntryResult(ValueList.From((found?.Child("Items")?.ChildrenNamed("AbEntry") ?? []).Select(AddressBookEntry.Read)))
        {
            Extensions = found is null ? [] : ElementBuilder.Unknown(found, "Items"),
        };
        return true;
    }

    /// <summary>The answer as UTF-8, in its envelope.</summary>
    public byte[] ToBytes() => SoapEnvelope.Write(new ElementBuilder(Namespaces.AddressBook, ElementName)
        .Child(new ElementBuilder(Namespaces.AddressBook, "SearchAbEntryResult")
            .Child(new ElementBuilder(Namespaces.AddressBook, "Items").Children(Entries.Select(entry => entry.Write())).Build())
            .Extensions(this)
            .Build())
        .Build());

    /// <summary>How many were found; never who.</summary>
    public override string ToString() => $"{ElementName}: {Entries.Count} entries";
}
