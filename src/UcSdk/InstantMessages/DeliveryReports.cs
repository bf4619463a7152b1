using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The messages that an IM MCU has accepted and not yet said what became of ([MS-CONFIM] §3.3.2.5): each waits for the report with its <c>Message-Id</c>. On the loop only.
/// </summary>
internal sealed class DeliveryReports
{
    // The MCU itself waits for its participants for the time of a transaction (64·T1), and then tells.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);
    private static readonly Limit MaxEarly = new("early delivery reports", 64);
    private readonly ModelContext _context;
    private readonly Action<OutgoingDelivery, IReadOnlyList<RecipientDelivery>> _settle;
    private readonly Dictionary<string, (OutgoingDelivery Message, Timestamp Deadline)> _awaited = [];
    private readonly List<InstantMessageDeliveryNotification> _early = [];
    private readonly SharedDeadline _deadline;

    public DeliveryReports(ModelContext context, SharedTimer timer, Action<OutgoingDelivery, IReadOnlyList<RecipientDelivery>> settle)
    {
        _context = context;
        _settle = settle;
        _deadline = timer.Add(Elapse);
    }

    public bool IsEmpty => _awaited.Count == 0;

    /// <summary>Takes a message that was accepted; false when the answer names no id, so that nothing more will be heard of it.</summary>
    public bool Await(OutgoingDelivery message, SipResponse accepted)
    {
        if (accepted.Headers[MessageHeaders.MessageId]?.Trim() is not { Length: > 0 } id)
        {
            return false;
        }

        // What becomes of a message may overtake the continuation of its answer.
        if (_early.FirstOrDefault(report => report.MessageId == id) is { } early)
        {
            _early.Remove(early);
            _settle(message, Read(message, early));
            return true;
        }

        if (_awaited.ContainsKey(id))
        {
            // Of two messages with one id, a report would not say which it is about.
            GiveUp(id);
        }

        _awaited[id] = (message, _context.Loop.Now + _context.Options.Timings.TransactionTimeout + Grace);
        _deadline.Set(_awaited.Values.Min(waiting => waiting.Deadline));
        return true;
    }

    public void Take(InstantMessageDeliveryNotification report)
    {
        if (_awaited.Remove(report.MessageId, out var waiting))
        {
            _settle(waiting.Message, Read(waiting.Message, report));
            return;
        }

        _early.Add(report);
        if (!MaxEarly.Allows(_early.Count))
        {
            _early.RemoveAt(0);
        }
    }

    /// <summary>Somebody has left the conference.</summary>
    public void OnDeparted(string uri)
    {
        foreach (var (message, _) in _awaited.Values)
        {
            message.Depart(uri);
        }
    }

    /// <summary>Nothing more will be heard: the session is over, and another one counts its messages anew.</summary>
    public void GiveUp()
    {
        foreach (var id in _awaited.Keys.ToArray())
        {
            GiveUp(id);
        }

        _early.Clear();
    }

    private static List<RecipientDelivery> Read(OutgoingDelivery message, InstantMessageDeliveryNotification report)
    {
        var failed = new Dictionary<string, RecipientDelivery>(StringComparer.OrdinalIgnoreCase);
        foreach (var recipient in report.Failed)
        {
            if (SipUri.TryParse(recipient.Address, out var uri))
            {
                var status = (int)(recipient.Status ?? StatusCode.ServerInternalError);
                var diagnostics = MsDiagnostics.TryParse(recipient.Diagnostics, out var said) ? said : null;
                var address = uri.AddressOfRecord.Text;
                failed[address] = new(address, DeliveryResult.OutcomeOf(status), status, StatusCode.ReasonPhrase(status), diagnostics);
            }
        }

        var results = new List<RecipientDelivery>(message.Recipients.Length);
        foreach (var recipient in message.Recipients)
        {
            results.Add(
                failed.Remove(recipient, out var failure) ? failure
                : message.HasDeparted(recipient) ? new(recipient, DeliveryOutcome.Unconfirmed, StatusCode.Accepted, StatusCode.ReasonPhrase(StatusCode.Accepted), null)
                : new(recipient, DeliveryOutcome.Delivered, StatusCode.Ok, StatusCode.ReasonPhrase(StatusCode.Ok), null));
        }

        // Who came when the message was on its way.
        results.AddRange(failed.Values);
        return results;
    }

    private void Elapse()
    {
        foreach (var (id, waiting) in _awaited.ToArray())
        {
            if (waiting.Deadline <= _context.Loop.Now)
            {
                GiveUp(id);
            }
        }

        _deadline.Set(_awaited.Count == 0 ? null : _awaited.Values.Min(waiting => waiting.Deadline));
    }

    private void GiveUp(string id)
    {
        _awaited.Remove(id, out var waiting);
        var result = new DeliveryResult(DeliveryOutcome.Unconfirmed, StatusCode.Accepted, StatusCode.ReasonPhrase(StatusCode.Accepted), null);
        _settle(waiting.Message, result.ForAll(waiting.Message));
    }
}
