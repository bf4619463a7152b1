using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>What all hosts of a day sent and received.</summary>
internal sealed class WireLog(CallWorld world)
{
    public List<WireTap> Taps { get; } = [];

    public WireTap Of(string host, int life)
    {
        var tap = new WireTap(world, host, life);
        Taps.Add(tap);
        return tap;
    }

    /// <summary>True when the last 2xx to an INVITE or UPDATE of the dialog gave the session a limited life (RFC 4028).</summary>
    public bool IsGuarded(PhoneCall call)
    {
        if (call.Session.Dialog is not { } dialog)
        {
            return false;
        }

        var last = Taps.Where(tap => tap.Host == call.Phone.Name).SelectMany(tap => tap.Entries).LastOrDefault(entry =>
            entry.Response is { IsSuccess: true } response && (entry.Method.IsInvite || entry.Method == SipMethod.Update) && response.CallId == call.CallId
            && IsPair(response.From!.Tag, response.To!.Tag, dialog));
        return last is not null && last.Message.Headers.Contains(HeaderName.SessionExpires);
    }

    /// <summary>The descriptions, of the call's side and of the peer, in the last offer that was answered, as the host of the call saw it.</summary>
    public (string? Mine, string? Theirs) AgreedBy(PhoneCall call)
    {
        var (agreed, dialog) = (((string?)null, (string?)null), call.Session.Dialog!);
        Dictionary<(bool IsOurs, uint Number), string?> offers = [];
        foreach (var entry in Taps.Last(tap => tap.Host == call.Phone.Name).Entries)
        {
            if (entry.Message.CallId != call.CallId || entry.Message.Body.IsEmpty || !(entry.Method.IsInvite || entry.Method == SipMethod.Update))
            {
                continue;
            }

            var isOurs = entry.IsSent == entry.Request is not null;
            var key = (isOurs, entry.Message.CSeq!.Number);
            if (entry.Request is { } request)
            {
                offers.TryAdd(key, request.BodyText);
            }
            else if (entry.Response is { IsSuccess: true } response && IsPair(response.From!.Tag, response.To!.Tag, dialog) && offers.GetValueOrDefault(key) is { } offer)
            {
                agreed = isOurs ? (offer, response.BodyText) : (response.BodyText, offer);
                // What comes again says nothing new.
                offers[key] = null;
            }
        }

        return agreed;
    }

    public string Draw(IReadOnlyCollection<string>? callIds = null) => SipLadder.Draw(
        Taps.SelectMany(tap => tap.Entries).OrderBy(entry => entry.Time).Select(entry => entry.Trace),
        new() { NameOf = address => address.Host, CallIds = callIds, ColumnWidth = 40 });

    private static bool IsPair(string? one, string? other, Dialog dialog) =>
        (one == dialog.LocalTag && other == dialog.RemoteTag) || (one == dialog.RemoteTag && other == dialog.LocalTag);
}
