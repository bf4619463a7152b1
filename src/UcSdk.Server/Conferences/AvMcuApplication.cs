using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The A/V MCU: takes the INVITEs to audio-video URIs of users who are in the roster, answers their audio offer and mixes them
/// ([MS-CONFAV], [MS-CONFBAS] §3.3).
/// </summary>
internal sealed class AvMcuApplication(
    ConferenceStore conferences,
    ConferenceSessions sessions,
    ConferenceMixers mixers,
    ServerAnswers answers,
    OwnedTasks work,
    SerialLoop loop,
    RandomSource random,
    IMediaNetwork network,
    ServerSeams seams,
    UcServerOptions options) : IServerApplication
{
    private const string Methods = "INVITE, ACK, BYE, CANCEL, UPDATE";
    private const string MainAudio = "main-audio";

    public bool Handle(ServerRequest request)
    {
        if (request.ConferenceUri is not { EntityType: ConferenceEntityTypes.AudioVideo } uri)
        {
            return false;
        }

        if (!request.Method.IsInvite || request.Message.To is { HasTag: true })
        {
            request.RefuseMethod(Methods);
        }
        else if (seams.McuRefusal is { } status)
        {
            request.Answer(status);
        }
        else if (McuAdmission.TryAdmit(request, uri, conferences, out var focus, out var offer, out var refusal))
        {
            Begin(request, focus, offer);
        }
        else
        {
            request.Answer(refusal);
        }

        return true;
    }

    /// <summary>RFC 3261 §20.43 has a warning for what offer and answer cannot agree on; 308 is Lync's own.</summary>
    private static ServerAnswer Refuse(MediaNegotiationFailure failure)
    {
        var answer = new ServerAnswer(StatusCode.NotAcceptableHere);
        return failure switch
        {
            MediaNegotiationFailure.NoAudio => answer.With(HeaderName.Warning, "304 lcs.microsoft.com \"Media type not available\""),
            MediaNegotiationFailure.NoCommonCodec => answer.With(HeaderName.Warning, "305 lcs.microsoft.com \"Incompatible media format\""),
            MediaNegotiationFailure.UnusableAddress => ConferenceChecks.Refuse(C3pError.SdpIncomplete),
            _ => answer.With(HeaderName.Warning, "308 lcs.microsoft.com \"Encryption Levels not compatible\""),
        };
    }

    private static string DirectionOf(MediaDescription? audio) => audio?.Direction switch
    {
        MediaDirection.SendOnly => MediaStatuses.SendOnly,
        MediaDirection.ReceiveOnly => MediaStatuses.ReceiveOnly,
        MediaDirection.Inactive => MediaStatuses.Inactive,
        _ => MediaStatuses.SendReceive,
    };

    private void Begin(ServerRequest request, Focus focus, SessionDescription offer)
    {
        var uri = focus.Profile.Focus.For(ConferenceEntityTypes.AudioVideo);
        var media = new MediaSession(loop, random, network, new MediaSessionOptions { Encryption = options.Encryption, JitterDepth = options.JitterDepth });
        var session = request.Incoming.CreateInviteSession(new NameAddr(SipUri.Parse(uri.Text)).WithParameter("isfocus"));
        var leg = new McuLeg(sessions.NextNumber(), ConferenceEntityTypes.AudioVideo, focus, request.Sender!.Id, session)
        {
            Closed = () =>
            {
                mixers.Remove(focus, media);
                work.Run("closing a media leg", () => media.CloseAsync());
            },
        };
        session.RequestReceived = incoming => HandleInDialog(uri, session, incoming);
        sessions.AddLeg(leg);
        work.Run("answering a media leg", () => AnswerAsync(leg, media, offer));
    }

    private bool HandleInDialog(ConferenceUri uri, InviteSession session, IncomingRequest incoming)
    {
        if (!incoming.Flow.IsFromPeerOf(session.Flow))
        {
            answers.Send(incoming, ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.SenderNotAuthorized));
            return true;
        }

        if (incoming.Request.Method == SipMethod.Update && incoming.Request.Body.IsEmpty)
        {
            // A session refresh (RFC 4028 §9). A new offer is refused by the endpoint: what was agreed stays.
            answers.Send(incoming, new ServerAnswer(StatusCode.Ok).With(HeaderName.Contact, $"<{uri}>;isfocus"));
            return true;
        }

        return false;
    }

    private async Task AnswerAsync(McuLeg leg, MediaSession media, SessionDescription offer)
    {
        SessionDescription answer;
        try
        {
            answer = await media.CreateAnswerAsync(offer);
        }
        catch (MediaNegotiationException failure)
        {
            Reject(leg, Refuse(failure.Reason));
            return;
        }
        catch (IOException)
        {
            Reject(leg, new ServerAnswer(StatusCode.TemporarilyUnavailable, "No Media Ports"));
            return;
        }
        catch (InvalidOperationException) when (media.State == MediaSessionState.Closed)
        {
            // Cancelled or lost while the ports were being opened; the end of the session has closed the leg.
            return;
        }

        if (leg.Session.State != InviteState.Incoming)
        {
            // Cancelled or lost in the last moment.
            return;
        }

        // With the ACK, not after it: what comes right behind finds the leg connected.
        leg.Session.StateChanged += change =>
        {
            if (change is { Previous: InviteState.Accepted, Current: InviteState.Confirmed })
            {
                Connect(leg, media, offer);
            }
        };
        await leg.Session.AcceptAsync(SessionDescription.ContentType, SeamedAnswers.Apply(seams, answer, random).ToBytes());
    }

    private void Reject(McuLeg leg, ServerAnswer refusal)
    {
        if (leg.Session.State == InviteState.Incoming)
        {
            answers.Reject(leg.Session, refusal);
        }
    }

    private void Connect(McuLeg leg, MediaSession media, SessionDescription offer)
    {
        var audio = offer.Media.FirstOrDefault(one => one.Kind == "audio" && one.Port > 0);
        var medium = new ConferenceMedia("1")
        {
            DisplayText = MainAudio,
            Type = "audio",
            Label = audio?.Label ?? MainAudio,
            SourceId = audio?.SsrcRange?.First.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Status = DirectionOf(audio),
            MediaState = EndpointStatuses.Connected,
            IngressFilter = MediaFilters.Unblock,
            EgressFilter = MediaFilters.Unblock,
        };
        media.StateChanged += (_, change) => loop.Post(() => Follow(leg, media, medium, change.Reason));
        var endpoint = new ConferenceEndpoint(random.NextGuid().ToString("B").ToUpperInvariant())
        {
            SessionType = ConferenceEntityTypes.AudioVideo,
            EndpointUri = leg.Session.InitialRequest.Contact?.Uri.Text,
            Status = EndpointStatuses.Connected,
            JoiningMethod = JoiningMethods.DialedIn,
            Media = [medium],
            AuthMethod = "enterprise",
            AccessMethod = "internal",
        };
        if (sessions.TryConnectLeg(leg, endpoint))
        {
            mixers.Add(leg.Focus, media);
        }
    }

    private void Follow(McuLeg leg, MediaSession media, ConferenceMedia medium, MediaSessionChangeReason reason)
    {
        if (reason == MediaSessionChangeReason.FirstPacketReceived && medium.SourceId is null)
        {
            work.Run("learning the SSRC of a media leg", () => TellSourceAsync(leg, media, medium));
        }
        else if (reason == MediaSessionChangeReason.PeerTimedOut)
        {
            // Neither RTP nor RTCP for 50 s: the client is dead, whatever its connection says ([MS-RTP] §3.1.2).
            sessions.SayGoodbye(leg.Session);
        }
    }

    private async Task TellSourceAsync(McuLeg leg, MediaSession media, ConferenceMedia medium)
    {
        var heard = (await media.GetStatisticsAsync()).RemoteSsrc?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        sessions.Do(leg.Focus, effects => leg.Focus.UpdateLeg(leg.Number, [medium with { SourceId = heard }], effects));
    }
}
