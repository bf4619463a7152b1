using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>
/// One audio session with one peer: offers or answers, then sends what its <see cref="Source"/> gives and hands what it hears to its
/// <see cref="Sink"/>, in frames of 20 ms. Members may be called from any thread.
/// </summary>
/// <remarks>
/// The order is <see cref="CreateOfferAsync"/> and <see cref="ApplyAnswerAsync"/>, or <see cref="CreateAnswerAsync"/> alone; then
/// <see cref="Start"/>, as soon as the signalling allows media; then <see cref="CloseAsync"/>.
/// </remarks>
public sealed class MediaSession : IAsyncDisposable
{
    private readonly SerialLoop _loop;
    private readonly RandomSource _random;
    private readonly MediaSessionOptions _options;
    private readonly IMediaNetwork _network;
    private readonly SerialLoop _observers;
    private readonly StateMachine<MediaSessionState, MediaSessionTrigger, MediaSessionChangeReason> _machine =
        new(MediaSessionStates.Table, MediaSessionState.Idle);

    private readonly TaskCompletionSource _firstPacket = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AudioOutlets _outlets;
    private readonly List<MediaEffect> _effects = [];
    private readonly uint _ssrc;
    private volatile MediaSessionState _state;
    private AudioOffer? _offer;
    private MediaCore? _core;
    private MediaPorts? _ports;
    private MediaPacer? _pacer;
    private Task? _closing;

    internal MediaSession(SerialLoop loop, RandomSource random, IMediaNetwork network, MediaSessionOptions options)
    {
        options.Validate();
        _loop = loop;
        _random = random;
        _network = network;
        _options = options;
        _observers = new(loop.Scheduler, failure => Log.HandlerFailed(options.Logger, failure));
        _outlets = new(loop, options.Logger);

        // Some peers read announced SSRCs as signed numbers, so ours stays below 2^31; 0 is not allowed ([MS-SDPEXT] §3.1.5.31).
        _ssrc = 1 + (random.NextUInt32() % 0x7FFFFFFE);
    }

    /// <summary>
    /// Every change, in order, with its reason; the state is new when it is raised. Handlers run one at a time and not on the session's
    /// loop: a slow one delays later changes, but no media; one that throws is logged.
    /// </summary>
    public event EventHandler<MediaSessionChangedEventArgs>? StateChanged;

    /// <summary>Where the session stands.</summary>
    public MediaSessionState State => _state;

    /// <summary>What is sent; null, the default, sends silence. May be changed at any time.</summary>
    public IAudioSource? Source
    {
        get => _outlets.Source;
        set => _outlets.Source = value;
    }

    /// <summary>Who hears the peer; null, the default, lets it pass. May be changed at any time.</summary>
    public IAudioSink? Sink
    {
        get => _outlets.Sink;
        set => _outlets.Sink = value;
    }

    /// <summary>Opens ports and makes an offer: one audio line (RFC 3264 §5).</summary>
    /// <param name="cancellationToken">Gives up; the session is then closed.</param>
    /// <returns>The offer, to be sent to the peer.</returns>
    /// <exception cref="InvalidOperationException">The session is not <see cref="MediaSessionState.Idle"/>.</exception>
    /// <exception cref="IOException">No ports are free; the session is closed.</exception>
    public Task<SessionDescription> CreateOfferAsync(CancellationToken cancellationToken = default) => _loop.InvokeAsync(async () =>
    {
        Begin(MediaSessionTrigger.Offer, nameof(CreateOfferAsync));
        var ports = await OpenAsync(nameof(CreateOfferAsync), cancellationToken);
        _offer = new(AgreementOn(ports), _random);
        return _offer.Description;
    });

    /// <summary>Takes the peer's answer to the offer (RFC 3264 §7).</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Refused before anything happens; the method itself waits for nobody.</param>
    /// <returns>A task that ends when the answer is agreed.</returns>
    /// <exception cref="MediaNegotiationException">It cannot be agreed; the session is closed.</exception>
    /// <exception cref="InvalidOperationException">No offer was made, or it is answered already.</exception>
    public Task ApplyAnswerAsync(SessionDescription answer, CancellationToken cancellationToken = default) => _loop.InvokeAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(answer);
        cancellationToken.ThrowIfCancellationRequested();
        if (_offer is null || !_machine.Permits(MediaSessionTrigger.Agree))
        {
            throw Misuse(nameof(ApplyAnswerAsync));
        }

        if (!_offer.TryAccept(answer, out var agreed, out var failure))
        {
            throw await DisagreeAsync(failure);
        }

        Agree(agreed);
    });

    /// <summary>Opens ports and answers the peer's offer; all media but the first usable audio line are refused (RFC 3264 §6).</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="cancellationToken">Gives up; the session is then closed.</param>
    /// <returns>The answer, to be sent to the peer.</returns>
    /// <exception cref="MediaNegotiationException">The offer cannot be agreed (the SIP answer is 488); the session is closed.</exception>
    /// <exception cref="InvalidOperationException">The session is not <see cref="MediaSessionState.Idle"/>.</exception>
    /// <exception cref="IOException">No ports are free; the session is closed.</exception>
    public Task<SessionDescription> CreateAnswerAsync(SessionDescription offer, CancellationToken cancellationToken = default) => _loop.InvokeAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(offer);
        Begin(MediaSessionTrigger.Answer, nameof(CreateAnswerAsync));
        var ports = await OpenAsync(nameof(CreateAnswerAsync), cancellationToken);
        if (!AudioAnswer.TryCreate(offer, AgreementOn(ports), _random, out var answer, out var failure))
        {
            throw await DisagreeAsync(failure);
        }

        Agree(answer.Agreed);
        return answer.Description;
    });

    /// <summary>Begins to send, to play and to expect the peer. Once is enough; further calls do nothing.</summary>
    /// <exception cref="InvalidOperationException">Offer and answer are not agreed, or the session is closed.</exception>
    public void Start() => StartPaced(isExternal: false);

    /// <summary>Waits for the first valid RTP packet of the peer.</summary>
    /// <param name="cancellationToken">Ends the wait; the session goes on.</param>
    /// <returns>A task that ends with the packet, at once when it came already.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the session closed without a packet.</exception>
    public Task WaitForFirstPacketAsync(CancellationToken cancellationToken = default) =>
        _loop.InvokeAsync(() => _firstPacket.Task.UntilAsync(cancellationToken));

    /// <summary>What was sent and received so far; after the end, what it was in the end.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A snapshot.</returns>
    public Task<MediaStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        _loop.InvokeAsync(CollectStatistics).WaitAsync(cancellationToken);

    /// <summary>Says BYE to the peer, closes the ports and clears the keys. A second call waits for the first.</summary>
    /// <param name="cancellationToken">Ends the wait; the session closes all the same.</param>
    /// <returns>A task that ends when everything is closed.</returns>
    public Task CloseAsync(CancellationToken cancellationToken = default) =>
        _loop.InvokeAsync(() => _closing ??= EndAsync(MediaSessionTrigger.Close)).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(CloseAsync());

    /// <summary>As <see cref="Start"/>, but frames move only when the owner moves them: a mixer has one clock for all its legs.</summary>
    internal void StartExternallyPaced() => StartPaced(isExternal: true);

    /// <summary>On the loop: the next 20 ms that were heard; false while nothing is heard.</summary>
    internal bool TryReadFrame(Span<short> samples) => _closing is null && _core is not null && _core.TryReadFrame(samples);

    /// <summary>On the loop: sends 20 ms.</summary>
    internal void WriteFrame(ReadOnlySpan<short> samples)
    {
        if (_closing is null)
        {
            _core?.WriteFrame(samples, _loop.Now, _effects);
            Perform();
        }
    }

    internal SerialLoop Loop => _loop;

    private void StartPaced(bool isExternal)
    {
        if (State is not (MediaSessionState.Negotiated or MediaSessionState.Active))
        {
            throw Misuse(nameof(Start));
        }

        _loop.Run(() =>
        {
            if (_closing is null && _pacer is null && _core is not null)
            {
                _core.Start(_loop.Now);
                if (!isExternal)
                {
                    _outlets.Start();
                }

                _pacer = new(_loop, isExternal, OnElapsed, MoveFrame);
                _pacer.Watch(_core.NextDeadline);
            }
        });
    }

    private void MoveFrame(short[] frame)
    {
        _outlets.Read(frame);
        WriteFrame(frame);
        if (TryReadFrame(frame))
        {
            _outlets.Write(frame);
        }
    }

    private void OnElapsed()
    {
        _core!.Elapse(_loop.Now, _effects);
        Perform();
    }

    private void OnDatagram(MediaComponent component, Memory<byte> datagram)
    {
        if (_closing is not null)
        {
            return;
        }

        if (_core is null)
        {
            _ports!.CountEarly();
        }
        else if (component == MediaComponent.Rtp)
        {
            _core.ReceiveRtp(datagram.Span, _loop.Now, _effects);
        }
        else
        {
            _core.ReceiveRtcp(datagram.Span, _loop.Now, _effects);
        }

        Perform();
    }

    private void Perform()
    {
        foreach (var effect in _effects)
        {
            switch (effect.Kind)
            {
                case MediaEffectKind.SendRtp:
                    _ports!.SendRtp(effect.Datagram);
                    break;
                case MediaEffectKind.SendRtcp:
                    _ports!.SendRtcp(effect.Datagram);
                    break;
                case MediaEffectKind.PacketHeard:
                    Fire(MediaSessionTrigger.HearPacket);
                    _firstPacket.TrySetResult();
                    break;
                case MediaEffectKind.ByeHeard:
                    Fire(MediaSessionTrigger.HearBye);
                    break;
                default:
                    Fire(MediaSessionTrigger.TimeOut);
                    break;
            }
        }

        _effects.Clear();
        if (_closing is null)
        {
            _pacer?.Watch(_core!.NextDeadline);
        }
    }

    private void Begin(MediaSessionTrigger trigger, string operation)
    {
        if (!_machine.Permits(trigger))
        {
            throw Misuse(operation);
        }

        Fire(trigger);
    }

    private async Task<MediaPorts> OpenAsync(string operation, CancellationToken cancellationToken)
    {
        IMediaTransport transport;
        try
        {
            transport = await _network.OpenAsync(cancellationToken);
        }
        catch
        {
            // Whatever the network's reason is, the caller gets it; the session has ended unless it was closed meanwhile.
            await (_closing ??= EndAsync(MediaSessionTrigger.LackPorts));
            throw;
        }

        if (_closing is not null)
        {
            await transport.DisposeAsync();
            throw Misuse(operation);
        }

        _ports = new(transport, OnDatagram);
        _ports.Start();
        return _ports;
    }

    private AudioAgreement AgreementOn(MediaPorts ports) =>
        new(ports.Transport.RtpEndPoint, ports.Transport.RtcpEndPoint, _ssrc, _options.Encryption, CodecRegistry.Default);

    private void Agree(NegotiatedAudio agreed)
    {
        var settings = new MediaCoreSettings(_ssrc, _options.JitterDepth, _options.PeerTimeout, _loop.Now, _loop.Time.GetUtcNow());
        _core = new(agreed, settings, _random);
        _ports!.SetDestinations(agreed.RemoteRtp, agreed.RemoteRtcp);
        Fire(MediaSessionTrigger.Agree);
    }

    private async Task<MediaNegotiationException> DisagreeAsync(MediaNegotiationFailure failure)
    {
        await (_closing ??= EndAsync(MediaSessionTrigger.Disagree));
        return new(failure);
    }

    private async Task EndAsync(MediaSessionTrigger trigger)
    {
        // What follows runs the user's code, which may close again: by then the caller has kept this task.
        await Task.Yield();
        _pacer?.Dispose();
        _outlets.Stop();
        _core?.Close(_loop.Now, _effects);
        Perform();
        Fire(trigger);
        _firstPacket.TrySetCanceled();
        if (_ports is not null)
        {
            await _ports.DisposeAsync();
        }

        _core?.Dispose();
    }

    private void Fire(MediaSessionTrigger trigger)
    {
        var row = _machine.Fire(trigger);
        _state = row.To;
        var change = new MediaSessionChangedEventArgs(row.From, row.To, row.Reason);
        _observers.Post(() => StateChanged?.Invoke(this, change));
    }

    private MediaStatistics CollectStatistics()
    {
        var statistics = new MediaStatistics { LocalEndPoint = _ports?.Transport.RtpEndPoint, LocalSsrc = _ssrc, SourceOverflow = _outlets.Overflow };
        statistics = _core?.AddTo(statistics) ?? statistics;
        return _ports?.AddTo(statistics) ?? statistics;
    }

    private InvalidOperationException Misuse(string operation) => new($"The media session is {State} and cannot do {operation}.");
}
