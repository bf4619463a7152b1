using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>A request on its way through the applications, with what they have found out about it.</summary>
internal sealed class ServerRequest
{
    private readonly ServerAnswers _answers;

    public ServerRequest(IncomingRequest incoming, ServerAnswers answers)
    {
        Incoming = incoming;
        _answers = answers;
        ConferenceUri = ConferenceUri.TryParse(incoming.Request.UriText, out var uri) ? uri : null;
    }

    public IncomingRequest Incoming { get; }

    public SipRequest Message => Incoming.Request;

    public SipMethod Method => Incoming.Request.Method;

    public SipFlow Flow => Incoming.Flow;

    /// <summary>The part of a conference that the request is for; null when it is for something else.</summary>
    public ConferenceUri? ConferenceUri { get; }

    /// <summary>The registered endpoint that sent it; null until <see cref="IdentityApplication"/> has found it.</summary>
    public Binding? Sender { get; set; }

    /// <summary>Who has proven to have sent it; null where nobody had to.</summary>
    public DigestIdentity? Identity { get; set; }

    public void Answer(ServerAnswer answer) => _answers.Send(Incoming, answer, Identity);

    public void Answer(int statusCode, string? reasonPhrase = null) => Answer(new ServerAnswer(statusCode, reasonPhrase));

    /// <summary>405 with the methods that the target takes (RFC 3261 §8.2.1); 481 for what belongs to a dialog that is gone.</summary>
    public void RefuseMethod(string allowed) => Answer(Message.To?.Tag is null
        ? new ServerAnswer(StatusCode.MethodNotAllowed).With(HeaderName.Allow, allowed)
        : new ServerAnswer(StatusCode.CallOrTransactionDoesNotExist));
}
