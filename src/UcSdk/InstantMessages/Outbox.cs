using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The user's messages that are not settled, in order. Each is sent on the leg that is there, and again on another only where an answer says that it did not
/// arrive. Nothing overtakes: messages wait while others are on their way by another leg. On the loop only.
/// </summary>
internal sealed class Outbox(ModelContext context)
{
    private const int MaxAttempts = 3;
    private readonly List<OutgoingMessage> _waiting = [];
    private readonly List<OutgoingMessage> _sent = [];
    private IMessageLeg? _leg;
    private IMessageLeg? _sentOn;
    private long _lastDelivered = -1;

    /// <summary>Called while messages wait and there is no leg to send them on.</summary>
    public required Action Starved { get; init; }

    /// <summary>Called when an answer, or none, says that a session is gone.</summary>
    public required Action<IMessageLeg> LegLost { get; init; }

    /// <summary>Takes what was accepted but is not yet said to be delivered; false when the answer is the outcome.</summary>
    public required Func<OutgoingMessage, IMessageLeg, SipResponse, bool> Defer { get; init; }

    /// <summary>Called before a message goes by a leg.</summary>
    public required Action<OutgoingMessage, IMessageLeg> Address { get; init; }

    /// <summary>Called with each outcome.</summary>
    public required Action<MessageDelivery> Settled { get; init; }

    /// <summary>True when nothing waits and nothing is on its way.</summary>
    public bool IsEmpty => _waiting.Count == 0 && _sent.Count == 0;

    public void Add(OutgoingMessage message)
    {
        _waiting.Add(message);
        Pump();
    }

    /// <summary>From now on messages go by this leg; null while there is none.</summary>
    public void Use(IMessageLeg? leg)
    {
        _leg = leg;
        Pump();
    }

    /// <summary>Takes the first message out, to travel in the INVITE of a leg; null when none waits, others are on their way, or it is one that an INVITE cannot carry.</summary>
    public OutgoingMessage? TakeFirst(IMessageLeg leg)
    {
        if (_waiting.Count == 0 || _sent.Count > 0 || _waiting[0].Message.Content.HasDrawing)
        {
            return null;
        }

        return Take(leg);
    }

    /// <summary>The first message has to be sent again: it was not taken out of the INVITE, or the INVITE was refused and there is another way.</summary>
    public void Return(OutgoingMessage message)
    {
        _sent.Remove(message);
        var at = _waiting.FindIndex(other => other.Number > message.Number);
        _waiting.Insert(at < 0 ? _waiting.Count : at, message);
    }

    public void Settle(OutgoingMessage message, DeliveryResult result) => Settle(message, result.ForAll(message), result.Outcome == DeliveryOutcome.Delivered);

    public void Settle(OutgoingMessage message, IReadOnlyList<RecipientDelivery> recipients, bool isDelivered)
    {
        _sent.Remove(message);
        if (isDelivered)
        {
            _lastDelivered = Math.Max(_lastDelivered, message.Number);
        }

        Settled(message.Complete(recipients));
    }

    /// <summary>What waits is not sent any more. What is on its way gets its own outcome.</summary>
    public void GiveUp(DeliveryResult result)
    {
        foreach (var message in _waiting.ToArray())
        {
            _waiting.Remove(message);
            Settle(message, result);
        }
    }

    /// <summary>Somebody has left the conference.</summary>
    public void OnDeparted(string uri)
    {
        foreach (var message in _waiting.Concat(_sent))
        {
            message.Depart(uri);
        }
    }

    private void Pump()
    {
        while (_waiting.Count > 0 && _leg is { IsReady: true } leg && _sent.Count < leg.Window && (_sent.Count == 0 || _sentOn == leg))
        {
            var message = Take(leg);
            context.Work.Own(SendAsync(message, leg));
        }

        if (_waiting.Count > 0 && _leg is not { IsReady: true })
        {
            Starved();
        }
    }

    private OutgoingMessage Take(IMessageLeg leg)
    {
        var message = _waiting[0];
        _waiting.RemoveAt(0);
        _sent.Add(message);
        _sentOn = leg;
        message.Attempts++;
        Address(message, leg);
        return message;
    }

    private async Task SendAsync(OutgoingMessage message, IMessageLeg leg)
    {
        try
        {
            SipResponse? response = null;
            SipException? failure = null;
            try
            {
                response = await leg.SendAsync(MessageBodies.Write(context, message.Message.Content, leg.Capabilities));
            }
            catch (SipException thrown)
            {
                failure = thrown;
            }

            Take(message, leg, response, failure);
        }
        catch (Exception fault)
        {
            context.Loop.OnFault(fault);
        }
    }

    // What came of sending it: an answer, or why there is none.
    private void Take(OutgoingMessage message, IMessageLeg leg, SipResponse? response, SipException? failure)
    {
        var result = response is not null ? DeliveryResult.Of(response) : DeliveryResult.Of(failure!);
        // Of what is gone nobody knows whether it is coming back (wire: 408, 480, 481, or nothing).
        var isGone = leg.IsSession && (failure is not null || response!.StatusCode is StatusCode.RequestTimeout or StatusCode.TemporarilyUnavailable or StatusCode.CallOrTransactionDoesNotExist);
        if (isGone)
        {
            LegLost(leg);
        }

        if (isGone && result.Outcome == DeliveryOutcome.Failed && message.Attempts < MaxAttempts && _lastDelivered < message.Number)
        {
            Return(message);
        }
        else if (response is not { IsSuccess: true } || !Defer(message, leg, response))
        {
            Settle(message, result);
        }
        else
        {
            _sent.Remove(message);
        }

        Pump();
    }
}
