using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// Forwarding without any state (RFC 3261 §16.11): no transaction, no timer; a request that is repeated gets the same branch, and a response
/// finds its way back by Via alone.
/// </summary>
internal sealed class StatelessProxy(SipCore core)
{
    // What tells our stateless branches from those of client transactions.
    private const string Prefix = Via.MagicCookie + "-sl-";

    /// <summary>Forwards the request if the application wants it forwarded without state.</summary>
    public bool TryForward(SipFlow flow, SipRequest request)
    {
        if (core.Edge.ChooseStateless(request, flow) is not { } route)
        {
            return false;
        }

        Forward(flow, request, route);
        return true;
    }

    /// <summary>Sends on a response to a request that went through here without state; false when it is none. Its branch proves it.</summary>
    public bool TryReturn(SipFlow flow, SipResponse response)
    {
        if (response.TopVia?.Branch is not { } branch || !branch.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || response.From is null)
        {
            return false;
        }

        var copy = response.Clone();
        copy.Headers.RemoveFirstValue(HeaderName.Via);
        if (copy.TopVia is not { } via || !BranchOf(via, copy).Equals(branch, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        core.SendByVia(flow, copy);
        return true;
    }

    private void Forward(SipFlow flow, SipRequest request, StatelessRoute route)
    {
        var options = route.Options ?? new();
        if (RequestValidation.Check(request, options, null) is { } refusal)
        {
            core.RefuseStateless(flow, request, refusal.Status, response =>
            {
                if (refusal.Header is { } header)
                {
                    response.Headers.Add(header, refusal.Value);
                }
            });
            return;
        }

        var branch = BranchOf(request.TopVia!, request);
        var (copy, nextHop) = ForwardedRequest.Create(request, route.Target, null);
        MarkSource(copy, flow);
        new StatelessSend(core, flow, copy, next =>
        {
            ForwardedRequest.RecordRoute(copy, core.Own, flow, next, options);
            options.EditRequest?.Invoke(copy, route.Target with { Flow = next });
            core.Transactions.SendUnanswered(copy, next, branch);
        }).Start(route.Target.Flow, nextHop);
    }

    // §16.11: a function of what every copy of the request has, its CANCEL and ACK too, and, here, of what its responses have.
    private string BranchOf(Via via, SipMessage message)
    {
        var text = via.HasMagicCookie
            ? $"{core.ProxySecret}|{via.Branch}|{via.SentBy}"
            : $"{core.ProxySecret}|{via.SentBy}|{message.CallId}|{message.From!.Tag}|{message.CSeq!.Number}";
        return Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToLowerInvariant())).AsSpan(0, 12));
    }

    // What the response needs to find the connection again (§18.2.1), whether the sender has asked for rport or not.
    private static void MarkSource(SipRequest copy, SipFlow flow)
    {
        var via = copy.TopVia!;
        var parameters = via.Parameters.With("received", flow.Remote.Host)
            .With("rport", flow.Remote.Port.ToString(CultureInfo.InvariantCulture));
        copy.Headers.RemoveFirstValue(HeaderName.Via);
        copy.Headers.AddFirst(HeaderName.Via, (via with { Parameters = parameters }).ToString());
    }
}
