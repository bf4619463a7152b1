using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The IM MCU: takes the INVITEs to chat URIs of users who are in the roster, and does what the chats of the conferences (<see cref="ImMcu"/>) want ([MS-CONFIM] §3.3).
/// </summary>
internal sealed class ImMcuApplication(
    ConferenceStore conferences,
    ConferenceSessions sessions,
    ServerAnswers answers,
    OwnedTasks work,
    RandomSource random,
    UcServerOptions options) : IServerApplication
{
    private const string Methods = "INVITE, ACK, BYE, CANCEL, UPDATE, MESSAGE, INFO";
    // [MS-OCER] §7, as for every other participant that does not answer.
    private const int StatusDiagnosticsId = 6001;

    private readonly Dictionary<Focus, ImMcu> _chats = [];
    private readonly string _host = "sip." + options.Domain;
    private readonly ImSessionRefresh _refresh = new(answers, "sip." + options.Domain);

    /// <summary>Messages of which somebody's answer is awaited.</summary>
    public int PendingCount => _chats.Values.Sum(chat => chat.PendingCount);

    public bool Handle(ServerRequest request)
    {
        if (request.ConferenceUri is not { EntityType: ConferenceEntityTypes.Chat } uri)
        {
            return false;
        }

        if (!request.Method.IsInvite || request.Message.To is { HasTag: true })
        {
            request.RefuseMethod(Methods);
        }
        else if (!McuAdmission.TryAdmit(request, uri, conferences, out var focus, out var offer, out var refusal))
        {
            request.Answer(refusal);
        }
        else if (ImSessionDescriptions.MessageLine(offer) is not { } line)
        {
            request.Answer(ImSessionRefresh.NoMessages);
        }
        else
        {
            Begin(request, focus, offer, AcceptedTypes.Of(line));
        }

        return true;
    }

    private void Begin(ServerRequest request, Focus focus, SessionDescription offer, AcceptedTypes accepted)
    {
        var uri = focus.Profile.Focus.For(ConferenceEntityTypes.Chat);
        var leg = AddLeg(focus, request.Sender!.Id, request.Incoming.CreateInviteSession(ImSessionRefresh.ContactOf(uri)));
        // A first message in the headers of the INVITE is not taken (nothing here says so in Supported): it comes again as a MESSAGE.
        work.Run("answering a chat leg", () => AnswerAsync(leg, ImSessionDescriptions.Answer(offer, uri, _host), accepted));
    }

    /// <summary>Takes a session with the chat that is being set up, whoever has called.</summary>
    public McuLeg AddLeg(Focus focus, EndpointId party, InviteSession session)
    {
        var uri = focus.Profile.Focus.For(ConferenceEntityTypes.Chat);
        var number = sessions.NextNumber();
        var leg = new McuLeg(number, ConferenceEntityTypes.Chat, focus, party, session) { Closed = () => Disconnect(focus, number) };
        session.RequestReceived = incoming => HandleInDialog(leg, uri, incoming);
        sessions.AddLeg(leg);
        return leg;
    }

    private async Task AnswerAsync(McuLeg leg, SessionDescription answer, AcceptedTypes accepted)
    {
        // With the ACK, not after it: a message may come right behind.
        leg.Session.StateChanged += change =>
        {
            if (change is { Previous: InviteState.Accepted, Current: InviteState.Confirmed })
            {
                TryConnect(leg, leg.Session.InitialRequest.Contact, accepted);
            }
        };
        await leg.Session.AcceptAsync(SessionDescription.ContentType, answer.ToBytes());
    }

    /// <summary>The session stands: its endpoint is in the chat.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="contact">Where the endpoint can be reached.</param>
    /// <param name="accepted">What it takes.</param>
    /// <param name="called">The name of its user where the MCU has called; null where it was called.</param>
    public bool TryConnect(McuLeg leg, NameAddr? contact, AcceptedTypes accepted, string? called = null)
    {
        var address = contact?.Uri.Text ?? leg.Party.User;
        var endpoint = new ConferenceEndpoint(random.NextGuid().ToString("B").ToUpperInvariant())
        {
            SessionType = ConferenceEntityTypes.Chat,
            EndpointUri = address,
            Status = EndpointStatuses.Connected,
            JoiningMethod = called is null ? JoiningMethods.DialedIn : JoiningMethods.DialedOut,
            Media = [new ConferenceMedia("1") { Type = "chat" }],
            AuthMethod = "enterprise",
            AccessMethod = "internal",
        };

        // The focus may refuse it, or end an earlier one of the same endpoint, which leaves the chat by that.
        if (!sessions.TryConnectLeg(leg, endpoint, called))
        {
            return false;
        }

        if (!_chats.TryGetValue(leg.Focus, out var chat))
        {
            chat = new ImMcu(options.Conferences, _host);
            _chats.Add(leg.Focus, chat);
        }

        chat.Connect(new ImLeg(leg.Number, leg.Party.User, address, accepted));
        return true;
    }

    private void Disconnect(Focus focus, long number)
    {
        if (!_chats.TryGetValue(focus, out var chat))
        {
            return;
        }

        Do(focus, effects => chat.Disconnect(number, effects));
        if (chat.LegCount == 0)
        {
            _chats.Remove(focus);
        }
    }

    private bool HandleInDialog(McuLeg leg, ConferenceUri uri, IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (!incoming.Flow.IsFromPeerOf(leg.Session.Flow))
        {
            // Dialog identifiers are no proof of identity; the connection is.
            answers.Send(incoming, ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.SenderNotAuthorized));
            return true;
        }

        if (request.Method == SipMethod.Message)
        {
            Take(leg, incoming);
            return true;
        }

        if (request.Method == SipMethod.Info)
        {
            return TryTakeTyping(leg, incoming);
        }

        if (request.Method.IsInvite || request.Method == SipMethod.Update)
        {
            if (_refresh.Answer(incoming, uri) is { } accepted)
            {
                _chats.GetValueOrDefault(leg.Focus)?.Accept(leg.Number, accepted);
            }

            return true;
        }

        return false;
    }

    private void Take(McuLeg leg, IncomingRequest incoming)
    {
        if (incoming.Request.ContentType == ContentTypes.IsComposing)
        {
            TakeComposing(leg, incoming);
            return;
        }

        var effects = new List<ImEffect>();
        answers.Send(incoming, _chats.TryGetValue(leg.Focus, out var chat)
            ? chat.Take(leg.Number, incoming.Request, effects)
            : ConferenceChecks.Refuse(C3pError.RequestOutOfOrder));
        Perform(leg.Focus, effects);
    }

    private void TakeComposing(McuLeg leg, IncomingRequest incoming)
    {
        if (!ImTyping.TryReadComposing(incoming.Request, out var composing, out var refusal))
        {
            answers.Send(incoming, refusal);
            return;
        }

        // RFC 3994 §3: a status message is no message of the conversation, and nobody is told what became of it.
        answers.Send(incoming, new ServerAnswer(StatusCode.Ok));
        if (_chats.TryGetValue(leg.Focus, out var chat))
        {
            Do(leg.Focus, effects => chat.Type(leg.Number, composing, incoming.Request.Body, effects));
        }
    }

    private bool TryTakeTyping(McuLeg leg, IncomingRequest incoming)
    {
        var request = incoming.Request;
        if (!ImTyping.IsActivity(request))
        {
            return false;
        }

        answers.Send(incoming, new ServerAnswer(StatusCode.Ok));
        if (_chats.TryGetValue(leg.Focus, out var chat))
        {
            Do(leg.Focus, effects => chat.Type(leg.Number, request.Body, effects));
        }

        return true;
    }

    private void Do(Focus focus, Action<List<ImEffect>> step)
    {
        var effects = new List<ImEffect>();
        step(effects);
        Perform(focus, effects);
    }

    private void Perform(Focus focus, List<ImEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ImEffect.Relay(var number, var sender, var content):
                    work.Run("MESSAGE to a participant", () => RelayAsync(focus, number, sender, content));
                    break;
                case ImEffect.RelayTyping(var number, var sender, var (type, document)) when IsOpen(number, out var leg):
                    var method = type == ContentTypes.IsComposing ? SipMethod.Message : SipMethod.Info;
                    work.Run("telling a participant who types", () => leg.Session.SendAsync(Create(leg, method, sender, type, document)));
                    break;
                case ImEffect.Report(var number, var notification) when IsOpen(number, out var leg):
                    var report = leg.Session.CreateRequest(SipMethod.Benotify);
                    report.SetBody(ContentTypes.MessageDeliveryNotification, notification.ToBytes());
                    leg.Session.SendUnanswered(report);
                    break;
            }
        }
    }

    private async Task RelayAsync(Focus focus, long number, string sender, ImContent content)
    {
        var (status, diagnostics) = await SendAsync(number, sender, content);
        if (_chats.TryGetValue(focus, out var chat))
        {
            Do(focus, effects => chat.Answered(number, status, diagnostics, effects));
        }

        if (status == StatusCode.CallOrTransactionDoesNotExist && IsOpen(number, out var leg))
        {
            // RFC 5057 §5.1: the participant knows the dialog no more. It comes back by an INVITE.
            sessions.SayGoodbye(leg.Session);
        }
    }

    private async Task<(int Status, string? Diagnostics)> SendAsync(long number, string sender, ImContent content)
    {
        if (!IsOpen(number, out var leg))
        {
            return (StatusCode.TemporarilyUnavailable, null);
        }

        try
        {
            var response = await leg.Session.SendAsync(Create(leg, SipMethod.Message, sender, content.ContentType, content.Body));
            return (response.StatusCode, response.Headers[HeaderName.MsDiagnostics]);
        }
        catch (SipException failure)
        {
            // Where the flow was lost, the message may have arrived; what waits behind it has not, and is told of when the session ends.
            return failure.Failure switch
            {
                SipFailure.TimedOut => (StatusCode.RequestTimeout, null),
                SipFailure.NoRoute or SipFailure.ConnectFailed => (StatusCode.TemporarilyUnavailable, null),
                _ => (StatusCode.RequestTimeout, new MsDiagnostics(StatusDiagnosticsId, "The participant's connection was lost", _host).ToString()),
            };
        }
    }

    private bool IsOpen(long number, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out McuLeg? leg) =>
        sessions.TryGetLeg(number, out leg) && leg.Session.State == InviteState.Confirmed;

    private static SipRequest Create(McuLeg leg, SipMethod method, string sender, string contentType, ReadOnlyMemory<byte> body)
    {
        var request = leg.Session.CreateRequest(method);
        request.Headers.Add(HeaderName.MsSender, $"<{sender}>");
        request.SetBody(contentType, body);
        return request;
    }
}
