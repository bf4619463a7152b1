using System.Globalization;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The chat of one conference ([MS-CONFIM] §3.3): takes messages, gives each to all other endpoints in its sender's order, and tells the sender in the end whom it
/// did not reach. Sans-IO: legs are numbers here. One message at a time goes to an endpoint, because two requests on their way in one dialog may change places, and the later
/// one would then be refused (RFC 3261 §12.2.2); nobody waits for anybody else's answer.
/// </summary>
/// <param name="limits">What it may take.</param>
/// <param name="source">The server's name in diagnostics.</param>
internal sealed class ImMcu(ConferenceLimits limits, string source)
{
    // [MS-OCER] §7 has 6001 for this, as the example of [MS-CONFIM] §4.2.2 shows; for the others there is no id of their own.
    private const int TimeoutId = 6001;
    private const int OtherId = 2;

    private static readonly HeaderName AcceptEncoding = HeaderName.Of("Accept-Encoding");

    private readonly List<ImLeg> _legs = [];
    private long _messages;

    public int LegCount => _legs.Count;

    /// <summary>Messages of which somebody's answer is awaited.</summary>
    public int PendingCount => _legs
        .SelectMany(leg => leg.Waiting.Select(waiting => waiting.Delivery).Concat(leg.Sending is { } sending ? [sending] : []))
        .Distinct()
        .Count();

    /// <summary>An endpoint is in the chat: it gets what is said from now on.</summary>
    public void Connect(ImLeg leg) => _legs.Add(leg);

    /// <summary>An endpoint is gone, whoever ended its session. Whether it has what it has not answered nobody knows (408); what still waits for it, it does not have (480).</summary>
    public void Disconnect(long number, List<ImEffect> effects)
    {
        if (Find(number) is not { } leg)
        {
            return;
        }

        _legs.Remove(leg);
        foreach (var other in _legs)
        {
            other.Typing.Remove(number);
        }

        if (leg.Sending is { } sending)
        {
            Fail(leg, sending, StatusCode.RequestTimeout, "The participant has left without an answer", effects);
        }

        FailWaiting(leg, StatusCode.TemporarilyUnavailable, "The participant has left", effects);
    }

    /// <summary>Takes a message from a participant; the result is the answer, which goes out before the effects.</summary>
    public ServerAnswer Take(long sender, SipRequest message, List<ImEffect> effects)
    {
        if (Find(sender) is not { } from)
        {
            return ConferenceChecks.Refuse(C3pError.RequestOutOfOrder);
        }

        if (!ImContent.TryRead(message, out var content))
        {
            return new ServerAnswer(StatusCode.UnsupportedMediaType).With(HeaderName.Accept, string.Join(", ", ImContent.Taken));
        }

        if (message.Headers[HeaderName.ContentEncoding] is { Length: > 0 } coding && !coding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            // RFC 3261 §8.2.3: what each participant gets is chosen here, by what it is.
            return new ServerAnswer(StatusCode.UnsupportedMediaType).With(AcceptEncoding, "identity");
        }

        if (content.Body.Length > limits.MaxMessageBytes)
        {
            return new ServerAnswer(StatusCode.RequestEntityTooLarge);
        }

        var id = (++_messages).ToString(CultureInfo.InvariantCulture);
        var delivery = new ImDelivery(id, from);
        delivery.Expect();
        foreach (var leg in _legs)
        {
            if (leg != from)
            {
                leg.Typing.Remove(sender);
                delivery.Expect();
                Give(leg, delivery, content, effects);
            }
        }

        // The sender itself has the message; nothing is reported before everybody was given it.
        delivery.Reached(from);
        Settle(delivery, effects);
        return new ServerAnswer(StatusCode.Accepted).With(HeaderName.MessageId, id);
    }

    /// <summary>A participant has answered the message it was sent, or has not in time (408).</summary>
    /// <param name="number">The leg.</param>
    /// <param name="status">The final status.</param>
    /// <param name="diagnostics">What it says in <c>ms-diagnostics</c>; null for nothing.</param>
    /// <param name="effects">What is to be done.</param>
    public void Answered(long number, int status, string? diagnostics, List<ImEffect> effects)
    {
        if (Find(number) is not { Sending: { } delivery } leg)
        {
            return;
        }

        leg.Sending = null;
        if (status < 300)
        {
            delivery.Reached(leg);
            Settle(delivery, effects);
        }
        else if (status == StatusCode.RequestTimeout && diagnostics is null)
        {
            // Who has said nothing for so long will not answer the next one either; those who sent it shall not wait as long again.
            Fail(leg, delivery, status, "Request Timeout", effects);
            FailWaiting(leg, status, "Request Timeout", effects);
        }
        else
        {
            delivery.Failed(leg, status, diagnostics);
            Settle(delivery, effects);
            if (status == StatusCode.CallOrTransactionDoesNotExist)
            {
                // Nor does it know the dialog for what waits.
                FailWaiting(leg, StatusCode.TemporarilyUnavailable, "The participant has left", effects);
            }
        }

        GoOn(leg, effects);
    }

    /// <summary>A participant takes other types from now on (a re-INVITE): what waits is given to it as it was chosen.</summary>
    public void Accept(long number, AcceptedTypes accepted)
    {
        if (Find(number) is { } leg)
        {
            leg.Accepted = accepted;
        }
    }

    /// <summary>A participant types, or no longer does: it goes on to the others as it came (INFO).</summary>
    public void Type(long sender, ReadOnlyMemory<byte> document, List<ImEffect> effects) => Type(sender, _ => new(ContentTypes.Xml, document), effects);

    /// <summary>The same, said as plain SIP clients do (RFC 3994). Who does not name that type is told as Lync clients tell it.</summary>
    public void Type(long sender, IsComposing composing, ReadOnlyMemory<byte> document, List<ImEffect> effects)
    {
        var activity = new ImTyping(ContentTypes.Xml, KeyboardActivity.Of(composing.IsActive).ToBytes());
        Type(sender, leg => leg.Accepted.Name(ContentTypes.IsComposing) ? new(ContentTypes.IsComposing, document) : activity, effects);
    }

    private void Type(long sender, Func<ImLeg, ImTyping> typingFor, List<ImEffect> effects)
    {
        if (Find(sender) is not { } from)
        {
            return;
        }

        foreach (var leg in _legs)
        {
            if (leg.IsOf(from.User))
            {
                continue;
            }

            if (leg.Sending is null)
            {
                effects.Add(new ImEffect.RelayTyping(leg.Number, from.User, typingFor(leg)));
            }
            else
            {
                leg.Typing[sender] = (from.User, typingFor(leg));
            }
        }
    }

    private ImLeg? Find(long number) => _legs.Find(leg => leg.Number == number);

    private void Give(ImLeg leg, ImDelivery delivery, ImContent content, List<ImEffect> effects)
    {
        if (!content.TryChoose(leg.Accepted, out var chosen))
        {
            Fail(leg, delivery, StatusCode.UnsupportedMediaType, "The participant does not take this content type", effects);
        }
        else if (leg.Sending is null)
        {
            Send(leg, delivery, chosen, effects);
        }
        else if (leg.Waiting.Count < limits.MaxWaitingMessages)
        {
            leg.Waiting.Enqueue((delivery, chosen));
        }
        else
        {
            Fail(leg, delivery, StatusCode.ServiceUnavailable, "Too many messages wait for the participant", effects);
        }
    }

    private static void Send(ImLeg leg, ImDelivery delivery, ImContent content, List<ImEffect> effects)
    {
        leg.Sending = delivery;
        effects.Add(new ImEffect.Relay(leg.Number, delivery.Sender.User, content));
    }

    private static void GoOn(ImLeg leg, List<ImEffect> effects)
    {
        if (leg.Waiting.TryDequeue(out var next))
        {
            Send(leg, next.Delivery, next.Content, effects);
            return;
        }

        foreach (var (sender, typing) in leg.Typing.Values)
        {
            effects.Add(new ImEffect.RelayTyping(leg.Number, sender, typing));
        }

        leg.Typing.Clear();
    }

    private void FailWaiting(ImLeg leg, int status, string reason, List<ImEffect> effects)
    {
        while (leg.Waiting.TryDequeue(out var waiting))
        {
            Fail(leg, waiting.Delivery, status, reason, effects);
        }
    }

    private void Fail(ImLeg leg, ImDelivery delivery, int status, string reason, List<ImEffect> effects)
    {
        var id = status == StatusCode.RequestTimeout ? TimeoutId : OtherId;
        delivery.Failed(leg, status, new MsDiagnostics(id, reason, source) + ";component=\"ImMcu\"");
        Settle(delivery, effects);
    }

    // Also a message that reached everybody is reported, without names ([MS-CONFIM] §4.2.1): that is how its sender knows. Clients that take no reports get none.
    private void Settle(ImDelivery delivery, List<ImEffect> effects)
    {
        if (delivery.Outstanding == 0 && _legs.Contains(delivery.Sender) && delivery.Sender.Accepted.Include(ContentTypes.MessageDeliveryNotification))
        {
            effects.Add(new ImEffect.Report(delivery.Sender.Number, delivery.Report()));
        }
    }
}
