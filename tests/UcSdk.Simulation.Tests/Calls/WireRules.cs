using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// What must hold of the messages that one host sent, whatever the network did: read off the wire alone, with nothing of the stack but its parser.
/// </summary>
internal sealed class WireRules
{
    private static readonly TimeSpan TransactionTimeout = new SipTimings().TransactionTimeout;

    private readonly WireTap _tap;
    private readonly bool _losesFlows;
    private readonly Dictionary<(string, SipMethod), List<WireEntry>> _requests = [];
    private readonly Dictionary<(string, SipMethod), List<WireEntry>> _received = [];
    private readonly Dictionary<(string, SipMethod, string?), WireEntry> _finals = [];
    private readonly Dictionary<(string, string?, string?, uint), List<WireEntry>> _acks = [];
    private readonly Dictionary<(string, string?, string?), uint> _numbers = [];

    private WireRules(WireTap tap, bool losesFlows)
    {
        _tap = tap;
        _losesFlows = losesFlows;
    }

    /// <param name="tap">What the host sent and received in one of its lives.</param>
    /// <param name="losesFlows">True when flows were broken, so that what must be said may have no way to go.</param>
    public static void Require(WireTap tap, bool losesFlows)
    {
        var rules = new WireRules(tap, losesFlows);
        foreach (var entry in tap.Entries.Where(entry => entry.Trace.Message is { CSeq: not null }))
        {
            rules.Take(entry);
        }

        rules.RequireAcknowledgements();
    }

    private void Take(WireEntry entry)
    {
        if (!entry.IsSent)
        {
            if (entry.Response is not null)
            {
                ListOf(_received, entry.Transaction).Add(entry);
            }
        }
        else if (entry.Response is { } response)
        {
            ResponseSent(entry, response);
        }
        else if (entry.Method == SipMethod.Ack)
        {
            AckSent(entry);
        }
        else
        {
            RequestSent(entry);
        }
    }

    // RFC 3261 §17.2: one final response for each transaction, repeated as it was; only a proxy passes on several 2xx, one for each fork.
    private void ResponseSent(WireEntry entry, SipResponse response)
    {
        Require(entry.Method != SipMethod.Ack, entry, "an ACK was answered");
        if (response.StatusCode > StatusCode.Trying)
        {
            Require(response.To!.Tag is not null, entry, "a response without To tag (RFC 3261 §8.2.6.2)");
        }

        var key = (entry.Branch, entry.Method, _tap.IsProxy && response.IsSuccess ? response.To!.Tag : "");
        if (_finals.TryGetValue(key, out var final))
        {
            Require(final.Trace.Bytes.Span.SequenceEqual(entry.Trace.Bytes.Span), entry, $"another response after the final one: {final}");
        }
        else if (response.IsFinal)
        {
            _finals.Add(key, entry);
        }
    }

    // RFC 3261 §17.1.1.3: the ACK of a failure belongs to the transaction. §13.2.2.4: that of a 2xx does not, and is the same each time.
    private void AckSent(WireEntry entry)
    {
        if (_requests.TryGetValue((entry.Branch, SipMethod.Invite), out _))
        {
            var failure = ListOf(_received, (entry.Branch, SipMethod.Invite)).Find(received => received.Response!.StatusCode >= 300);
            Require(failure is not null, entry, "the branch of an INVITE that was not refused");
            Require(failure!.Message.To!.Tag == entry.Message.To!.Tag, entry, "another To tag than the failure's");
        }

        var acks = ListOf(_acks, entry.Ack);
        Require(_tap.IsProxy || acks.Count == 0 || acks[0].Trace.Bytes.Span.SequenceEqual(entry.Trace.Bytes.Span), entry, "another ACK for the same 2xx");
        acks.Add(entry);
    }

    private void RequestSent(WireEntry entry)
    {
        var sent = ListOf(_requests, entry.Transaction);
        sent.Add(entry);
        Require(sent[0].Trace.Bytes.Span.SequenceEqual(entry.Trace.Bytes.Span), entry, "a request repeated, but changed");
        Require(sent.Count <= (entry.Method.IsInvite ? 7 : 11), entry, $"sent {sent.Count} times");
        Require(entry.Time - sent[0].Time <= TransactionTimeout, entry, "repeated after 64·T1");
        if (sent.Count > 1)
        {
            return;
        }

        if (entry.Method == SipMethod.Cancel)
        {
            // RFC 3261 §9.1: only what has been answered provisionally, and not finally, is cancelled.
            Require(_requests.ContainsKey((entry.Branch, SipMethod.Invite)), entry, "CANCEL of nothing");
            var answers = ListOf(_received, (entry.Branch, SipMethod.Invite));
            Require(answers.Exists(answer => answer.Response!.IsProvisional), entry, "CANCEL before any provisional response");
            Require(!answers.Exists(answer => answer.Response!.IsFinal), entry, "CANCEL after the final response");
        }
        else if (!_tap.IsProxy && entry.Message.To!.Tag is { } remoteTag)
        {
            var key = (entry.Message.CallId!, entry.Message.From!.Tag, remoteTag);
            var number = entry.Message.CSeq!.Number;
            Require(!_numbers.TryGetValue(key, out var last) || number > last, entry, $"a sequence number not above {last} (RFC 3261 §12.2.1.1)");
            _numbers[key] = number;
        }
    }

    // Every final response to an INVITE has its ACK, as long as the transaction was there to hear it.
    private void RequireAcknowledgements()
    {
        foreach (var (key, sent) in _requests.Where(pair => pair.Key.Item2.IsInvite))
        {
            var answers = ListOf(_received, key);
            if (answers.Count == 0 || answers[0].Time - sent[0].Time > TransactionTimeout || _losesFlows)
            {
                continue;
            }

            var first = answers.Find(answer => answer.Response!.IsFinal);
            foreach (var final in answers.Where(answer => answer.Response!.IsFinal && answer.Response.IsSuccess == first!.Response!.IsSuccess))
            {
                var isOwed = !_tap.IsProxy || !final.Response!.IsSuccess;
                Require(!isOwed || final.Time - first!.Time >= TransactionTimeout || IsGivenUp(final) || _acks.ContainsKey(final.Ack), final, "no ACK");
            }
        }
    }

    // RFC 3261 §9.1: 64·T1 after the CANCEL, or after the end of the dialog, nobody waits for the answer to an INVITE.
    private bool IsGivenUp(WireEntry final) => _tap.Entries.Exists(entry =>
        (entry.Method == SipMethod.Bye || entry.Method == SipMethod.Cancel) && entry.Message.CallId == final.Message.CallId
        && final.Time - entry.Time >= TransactionTimeout);

    private static List<WireEntry> ListOf<TKey>(Dictionary<TKey, List<WireEntry>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }

    private void Require(bool holds, WireEntry entry, string what)
    {
        if (!holds)
        {
            throw new DisagreementException($"{_tap.Host}.{_tap.Life}, {entry}: {what}. Call-ID {entry.Message.CallId}");
        }
    }
}
