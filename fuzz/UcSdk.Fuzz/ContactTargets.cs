using UcSdk.Documents;

namespace UcSdk.Fuzz;

/// <summary>The readers of contact lists, SOAP and the address book of the documents target: what was written reads as the same value.</summary>
internal static class ContactTargets
{
    public static void Run(byte[] input)
    {
        if (ContactListNotification.TryRead(input, out var notification, out _))
        {
            FuzzFinding.Require(ContactListNotification.TryRead(notification.ToBytes(), out var again, out var error) && again == notification, $"a contact list survives: {error}");
        }

        if (SoapRequest.TryRead(input, out var request, out _))
        {
            FuzzFinding.Require(SoapRequest.TryRead(request.ToBytes(), out var again, out var error) && again == request, $"a SOAP request survives: {error}");
        }

        if (SoapFault.TryRead(input, out var fault, out _))
        {
            FuzzFinding.Require(SoapFault.TryRead(fault.ToBytes(), out var again, out var error) && again == fault, $"a fault survives: {error}");
        }

        if (DirectorySearchResult.TryRead(input, out var result, out _))
        {
            FuzzFinding.Require(DirectorySearchResult.TryRead(result.ToBytes(), out var again, out var error) && again.Entries == result.Entries, $"a search result survives: {error}");
        }

        if (SearchAbEntryRequest.TryRead(input, out var search, out _))
        {
            FuzzFinding.Require(SearchAbEntryRequest.TryRead(search.ToBytes(), out var again, out var error) && again == search, $"an address book search survives: {error}");
        }

        _ = AddGroupResult.TryRead(input, out _, out _);
        _ = SearchAbEntryResult.TryRead(input, out _, out _);
    }
}
