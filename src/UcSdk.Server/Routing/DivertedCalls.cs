using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Calls that were sent on to somebody whom To does not name. In their dialogs the callee speaks under the name that was called (RFC 3261 §12.2.1.1: From is the To of the INVITE), which is
/// not its own: here is remembered who may, in which dialog. Everywhere else From names a user who is registered on that connection.
/// </summary>
internal sealed class DivertedCalls(BindingStore bindings)
{
    private static readonly Limit Most = new("diverted calls", 10_000);
    // The caller's tag as well: whoever uses a Call-ID again takes nobody's call away.
    private readonly Dictionary<(string CallId, string CallerTag), Call> _calls = [];
    private readonly Queue<(string CallId, string CallerTag)> _order = new();

    /// <summary>An INVITE goes to a user; the oldest call makes room when there are too many.</summary>
    public void Note(SipRequest invite, SipUri user)
    {
        if (!invite.Method.IsInvite || invite.To is not { HasTag: false } to || invite.From?.Tag is not { } tag || to.Uri.AddressOfRecord.Equals(user))
        {
            return;
        }

        var key = (invite.CallId!, tag);
        if (!_calls.TryGetValue(key, out var call))
        {
            _order.Enqueue(key);
            _calls.Add(key, call = new(to.Uri.AddressOfRecord, new(StringComparer.OrdinalIgnoreCase)));
        }

        call.Users.Add(user.Text);
        while (!Most.Allows(_order.Count))
        {
            _calls.Remove(_order.Dequeue());
        }
    }

    /// <summary>Whether the request is one of a callee in the dialog of such a call, and the user one of those whom it went to.</summary>
    public bool MaySpeak(SipRequest request, SipUri user) => Find(request)?.Users.Contains(user.AddressOfRecord.Text) ?? false;

    /// <summary>The endpoint that sends such a request; null where it is none, or comes over somebody else's connection.</summary>
    public Binding? SpeakerOf(SipRequest request, SipFlow flow) =>
        Find(request)?.Users.SelectMany(bindings.OfUser).FirstOrDefault(binding => flow.IsFromPeerOf(binding.Flow));

    private Call? Find(SipRequest request) =>
        request is { CallId: { } callId, From: { } from, To.Tag: { } tag } && _calls.TryGetValue((callId, tag), out var call) && from.Uri.AddressOfRecord.Equals(call.Called)
            ? call
            : null;

    private sealed record Call(SipUri Called, HashSet<string> Users);
}
