using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>The call to the A/V server of a conference (dialog 3): an INVITE with an SDP offer, and the media it agrees.</summary>
internal sealed class McuDialog
{
    private readonly ModelContext _context;
    private readonly ServerConnection _connection;
    private readonly SipUri _mcuUri;
    private readonly string _conversationId;
    private readonly MediaSession _media;
    private readonly TaskCompletionSource _mediaLost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private InviteSession? _session;
    private Task? _closing;

    public McuDialog(ModelContext context, ServerConnection connection, SipUri mcuUri, string conversationId)
    {
        _context = context;
        _connection = connection;
        _mcuUri = mcuUri;
        _conversationId = conversationId;
        _media = CreateMedia(context, connection);
        _media.StateChanged += OnMediaChanged;
    }

    /// <summary>Raised once when the other side or the network ends an established call, with what that means for the modality.</summary>
    public Action<ModalityTrigger, Exception?>? Ended { get; set; }

    /// <summary>True when nothing of it is left: no dialog, no ports.</summary>
    public bool IsOver => _closing is { IsCompleted: true };

    /// <summary>What the media has sent and received so far.</summary>
    public Task<MediaStatistics> GetStatisticsAsync() => _media.GetStatisticsAsync();

    /// <summary>The same, at once: on the loop, which the media session shares, the task is done when it is returned.</summary>
    public MediaStatistics? SnapshotStatistics() => GetStatisticsAsync() is { IsCompletedSuccessfully: true } done ? done.Result : null;

    public void SetDevices(IAudioSource? source, IAudioSink? sink)
    {
        if (_closing is null)
        {
            _media.Source = source;
            _media.Sink = sink;
        }
    }

    /// <summary>Dials; ends when the answer is acknowledged and agreed, and media may flow.</summary>
    /// <exception cref="SipException">Refused, no answer, or the flow was lost.</exception>
    /// <exception cref="MediaNegotiationException">The answer cannot be used.</exception>
    /// <exception cref="IOException">No port is free for the media.</exception>
    public async Task InviteAsync(CancellationToken cancellationToken)
    {
        var offer = await _media.CreateOfferAsync(cancellationToken);
        var invite = _connection.CreateRequest(SipMethod.Invite, _mcuUri);
        invite.Headers.Add(HeaderName.MsConversationId, _conversationId);
        invite.Headers.Add(HeaderName.PPreferredIdentity, $"<{_connection.User.Text}>");
        invite.SetBody(SessionDescription.ContentType, offer.ToBytes());
        var session = _session = _connection.Endpoint.Invite(invite, new InviteOptions { Flow = _connection.Flow });
        session.StateChanged += OnDialogChanged;
        var response = await session.Answer.UntilAsync(cancellationToken);
        SipException.ThrowIfRefused(response, "INVITE of the A/V server");
        if (session.State != InviteState.Confirmed)
        {
            // A BYE right behind the 200 came when the modality was not connected yet and could not be told.
            throw new SipException(SipFailure.Terminated, "The A/V server ended the call at once.");
        }

        await _media.ApplyAnswerAsync(ReadAnswer(response), cancellationToken);
        _media.Start();
    }

    /// <summary>Waits for the first packet of the other side.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task WaitForMediaAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        _context.Loop.WithinAsync(_media.WaitForFirstPacketAsync(CancellationToken.None), limit, "The first media packet", cancellationToken);

    /// <summary>Closes the media and, when asked to, ends the dialog with BYE or CANCEL. A second call gives the same task.</summary>
    public Task CloseAsync(bool sayGoodbye) => _closing ??= CloseCoreAsync(sayGoodbye);

    private static MediaSession CreateMedia(ModelContext context, ServerConnection connection) => new(
        context.Loop,
        context.Random,
        connection.MediaNetwork,
        new MediaSessionOptions { Encryption = context.Options.Encryption, JitterDepth = context.Options.JitterDepth, Logger = context.Logger });

    private async Task CloseCoreAsync(bool sayGoodbye)
    {
        Ended = null;
        _media.StateChanged -= OnMediaChanged;
        var media = _media.CloseAsync();
        if (sayGoodbye && _session is { } session)
        {
            await Goodbye.SayAsync(_context, session);
        }

        await media;
    }

    private SessionDescription ReadAnswer(SipResponse response)
    {
        var body = _context.Seams.WrongSrtpKey ? SrtpKeySeam.ChangeKeys(response.Body) : response.Body;
        if (response.ContentType == SessionDescription.ContentType && SessionDescription.TryParse(body, out var answer, out var error))
        {
            return answer;
        }

        Log.UnreadableDocument(_context.Logger, response.ContentType ?? "no body");
        throw new MediaNegotiationException(MediaNegotiationFailure.AnswerDoesNotMatch);
    }

    private void OnDialogChanged(InviteStateChange change)
    {
        if (change is { Previous: InviteState.Confirmed, Current: InviteState.Terminated or InviteState.Terminating } && change.Reason != InviteReason.LocalBye)
        {
            End(change.Reason == InviteReason.FlowLost ? ModalityTrigger.LoseConnection : ModalityTrigger.DisconnectRemotely, null);
        }
    }

    // Raised by the media session away from the loop.
    private void OnMediaChanged(object? sender, MediaSessionChangedEventArgs change)
    {
        if (change.Reason == MediaSessionChangeReason.PeerTimedOut)
        {
            // Not the end yet: while the first packet is awaited it means nothing, and a BYE may still come.
            _context.Loop.Post(() => Ended?.Invoke(ModalityTrigger.LoseMedia, new TimeoutException("The other side sent no media any more.")));
        }
    }

    private void End(ModalityTrigger trigger, Exception? cause)
    {
        var ended = Ended;
        Ended = null;
        ended?.Invoke(trigger, cause);
    }
}
