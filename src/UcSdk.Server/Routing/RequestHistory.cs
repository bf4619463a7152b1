using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Where a request was meant to go and where it was sent on to: History-Info (RFC 7044), which the server puts into what begins something at an endpoint ([MS-SIPRE] §4.8),
/// with why in <c>ms-retarget-reason</c> (§2.2.17). Only what an application does is told: the endpoints of one user are no news.
/// </summary>
/// <param name="addresses">Whom the request was addressed to here, in order: first as it came.</param>
internal sealed class RequestHistory(IReadOnlyList<SipUri> addresses)
{
    private static readonly HeaderName HistoryInfo = HeaderName.Of("History-Info");
    private readonly List<SipUri> _forks = [];

    /// <summary>Writes it into the copy for one target.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="named">The address that the copy is for, as the application named it.</param>
    public void WriteTo(SipRequest copy, SipUri named)
    {
        if (!copy.Method.IsInvite && copy.Method != SipMethod.Message)
        {
            return;
        }

        var index = LastIndex(copy);
        foreach (var address in addresses)
        {
            index = Add(copy, address, index is null ? "1" : index + ".1", isRetargeted: index is not null && address != addresses[0]);
        }

        if (!named.AddressOfRecord.Equals(addresses[^1].AddressOfRecord))
        {
            Add(copy, named, $"{index}.{NumberOf(named)}", isRetargeted: true);
        }
    }

    private static string Add(SipRequest copy, SipUri address, string index, bool isRetargeted)
    {
        copy.Headers.Add(HistoryInfo, $"<{address.Text}>;index={index}{(isRetargeted ? ";ms-retarget-reason=forwarding" : "")}");
        return index;
    }

    // What came with a history goes on with it.
    private static string? LastIndex(SipRequest copy)
    {
        string? index = null;
        foreach (var entry in copy.Headers.GetList(HistoryInfo))
        {
            index = NameAddr.TryParse(entry, out var address) ? address.Parameters["index"] ?? index : index;
        }

        return index;
    }

    // RFC 7044 §10.3: those who are tried beside or after one another are numbered.
    private int NumberOf(SipUri named)
    {
        var at = _forks.FindIndex(fork => fork.AddressOfRecord.Equals(named.AddressOfRecord));
        if (at < 0)
        {
            at = _forks.Count;
            _forks.Add(named);
        }

        return at + 1;
    }
}
