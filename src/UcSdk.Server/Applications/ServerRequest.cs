using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>A request on its way through the applications (<see cref="IServerApplication"/>), with what they have found out about it. Used on the server's loop.</summary>
public sealed class ServerRequest
{
    private readonly ServerAnswers _answers;
    private readonly RequestForwarder _forwarder;
    private List<SipUri>? _earlier;

    internal ServerRequest(IncomingRequest incoming, ServerAnswers answers, RequestForwarder forwarder)
    {
        Incoming = incoming;
        _answers = answers;
        _forwarder = forwarder;
        ReadConferenceUri();
    }

    /// <summary>The request. Its header fields and body may be changed: who comes next, and where it is sent on to, sees it so.</summary>
    public SipRequest Message => Incoming.Request;

    /// <summary>Its method.</summary>
    public SipMethod Method => Incoming.Request.Method;

    /// <summary>The connection on which it came.</summary>
    public SipFlow Flow => Incoming.Flow;

    /// <summary>The registered user who sent it, e.g. <c>sip:alice@contoso.test</c>; null before that was found out.</summary>
    public SipUri? SenderAddress => Sender is { } sender ? SipUri.Parse(sender.Id.User) : null;

    /// <summary>True once it was answered, sent on, dropped, or made into a session.</summary>
    public bool IsHandled => Incoming.IsAnswered || Incoming.IsTaken;

    internal IncomingRequest Incoming { get; }

    /// <summary>The part of a conference that the request is for; null when it is for something else.</summary>
    internal ConferenceUri? ConferenceUri { get; private set; }

    /// <summary>The registered endpoint that sent it; null until <see cref="IdentityApplication"/> has found it.</summary>
    internal Binding? Sender { get; set; }

    /// <summary>Who has proven to have sent it; null where nobody had to.</summary>
    internal DigestIdentity? Identity { get; set; }

    /// <summary>True where the sender has proven to be the user in From, by this request or by what stands on its connection.</summary>
    internal bool IsProven { get; set; }

    /// <summary>What applications want to know of its responses; null where none does.</summary>
    internal ResponseHooks? Hooks { get; private set; }

    /// <summary>Whom it was addressed to, in order: first as it came.</summary>
    internal IReadOnlyList<SipUri> Addresses => [.. _earlier ?? [], Message.Uri!];

    /// <summary>Answers it.</summary>
    /// <param name="statusCode">100–699.</param>
    /// <param name="reasonPhrase">Null for the usual one.</param>
    /// <param name="edit">Called before the response goes out; null for no change.</param>
    /// <exception cref="InvalidOperationException">It was handled already.</exception>
    public void Answer(int statusCode, string? reasonPhrase = null, Action<SipResponse>? edit = null) =>
        _answers.Send(Incoming, new ServerAnswer(statusCode, reasonPhrase), Identity, edit);

    /// <summary>Addresses it to somebody else; it goes on through the applications, and finally there.</summary>
    /// <param name="uri">The new Request-URI.</param>
    public void Retarget(SipUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        (_earlier ??= []).Add(Message.Uri!);
        Incoming.Readdress(uri);
        ReadConferenceUri();
    }

    /// <summary>
    /// Sends it on (RFC 3261 §16) to one or several targets, by their <see cref="ProxyTarget.Q"/> at once or one after another. An address of the server's domain without a
    /// flow stands for all endpoints of that user, or the one of a GRUU; another without a flow must be reachable by its address.
    /// </summary>
    /// <param name="targets">The targets; those that lead to nobody are left out, and none at all answers 480.</param>
    /// <exception cref="InvalidOperationException">It was handled already.</exception>
    public void Forward(IReadOnlyList<ProxyTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _forwarder.Forward(this, targets);
    }

    /// <summary>Sends it on to the address that it names.</summary>
    internal void ForwardAsAddressed() => _forwarder.Forward(this);

    /// <summary>Drops it: nobody gets an answer, and when it is repeated it is a new request.</summary>
    /// <exception cref="InvalidOperationException">It was handled already.</exception>
    public void Drop() => Incoming.Drop();

    /// <summary>Follows the responses, provisional and final, that go back when the request is sent on; they may be changed.</summary>
    /// <param name="handler">Called for each before it goes out. One that throws is logged, and the response goes out.</param>
    public void OnResponse(Action<SipResponse> handler) => (Hooks ??= new()).Responses.Add(handler);

    /// <summary>
    /// Has the last word when the request was sent on and all targets have failed, unless the caller has cancelled or is gone, or somebody has refused for all (6xx).
    /// </summary>
    /// <param name="handler">
    /// Gets the response that would go back, and names the targets to try instead, as for <see cref="Forward"/>; null or none lets the response go. One that throws is
    /// logged and names none.
    /// </param>
    public void OnFailure(Func<SipResponse, IReadOnlyList<ProxyTarget>?> handler) => (Hooks ??= new()).Failures.Add(handler);

    internal void Answer(ServerAnswer answer) => _answers.Send(Incoming, answer, Identity);

    /// <summary>405 with the methods that the target takes (RFC 3261 §8.2.1); 481 for what belongs to a dialog that is gone.</summary>
    internal void RefuseMethod(string allowed) => Answer(Message.To is not { HasTag: true }
        ? new ServerAnswer(StatusCode.MethodNotAllowed).With(HeaderName.Allow, allowed)
        : new ServerAnswer(StatusCode.CallOrTransactionDoesNotExist));

    // Most requests are for something else, which is seen without making the text.
    private void ReadConferenceUri() =>
        ConferenceUri = Message.Uri?.Mentions(";opaque=app:conf:"u8) != false && ConferenceUri.TryParse(Message.UriText, out var uri) ? uri : null;
}
