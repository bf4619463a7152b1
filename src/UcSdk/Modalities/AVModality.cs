using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Audio in a conference: a call to its A/V server, which mixes everybody else for this user. Source and sink may be set and changed at any
/// time, also while connected.
/// </summary>
public sealed partial class AVModality : Modality
{
    private McuDialog? _call;
    private Attempt? _attempt;
    private Task _ending = Task.CompletedTask;
    private IAudioSource? _source;
    private IAudioSink? _sink;

    internal AVModality(ModelContext context, Conversation conversation)
        : base(context, conversation, AVModalityStates.Table)
    {
    }

    /// <inheritdoc/>
    public override ModalityTypes Type => ModalityTypes.AudioVideo;

    /// <summary>What this user says; null, the default, is silence.</summary>
    public IAudioSource? AudioSource
    {
        get => Volatile.Read(ref _source);
        set
        {
            Volatile.Write(ref _source, value);
            Context.Loop.Run(ApplyDevices);
        }
    }

    /// <summary>Takes what this user hears; null, the default, drops it.</summary>
    public IAudioSink? AudioSink
    {
        get => Volatile.Read(ref _sink);
        set
        {
            Volatile.Write(ref _sink, value);
            Context.Loop.Run(ApplyDevices);
        }
    }

    /// <summary>What the media of the current or last call has sent and received; null before the first.</summary>
    public Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        Context.Loop.InvokeAsync(async () => _call is { } call ? await call.GetStatisticsAsync().UntilAsync(cancellationToken) : null);

    internal int OpenCalls => _call is { IsOver: false } ? 1 : 0;

    private protected override bool CanConnect => Conversation is { ConferenceSession.State: ConferenceSessionState.Connected } or { CanEscalate: true };

    /// <summary>
    /// Connects to the audio of the conference; ends when media flows. A conversation between two becomes a conference before, to which the other person is invited to talk, too:
    /// where that fails, nothing is left of it and the conversation is between two as it was.
    /// </summary>
    /// <inheritdoc/>
    public override Task ConnectAsync(CancellationToken cancellationToken = default) => Context.Loop.InvokeAsync(async () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!CanInvoke(ModalityAction.Connect))
        {
            throw Machine.Refuse(nameof(ConnectAsync));
        }

        if (Conversation.ConferenceSession is null)
        {
            await Conversation.EscalateAsync(audio: true, cancellationToken);
        }

        // It is connected already, unless the other side has made the conference at the same time.
        if (State is ModalityState.Disconnected or ModalityState.Notified)
        {
            await DialAsync(null, cancellationToken);
        }
    });

    /// <inheritdoc/>
    public override Task DisconnectAsync(CancellationToken cancellationToken = default) =>
        Context.Loop.InvokeAsync(() => EndAsync(ModalityTrigger.Disconnect, null).UntilAsync(cancellationToken));

    /// <summary>Dials the A/V server of the conference whose focus has admitted the user.</summary>
    internal async Task DialAsync(JoinRun? run, CancellationToken cancellationToken)
    {
        Machine.Demand(State == ModalityState.Notified ? ModalityTrigger.Accept : ModalityTrigger.Connect, nameof(ConnectAsync));
        // Who decided goes on with their token, which therefore is not cancelled.
        _offer = null;
        using var attempt = _attempt = Attempt.Begin(cancellationToken);
        var call = _call = Conversation.CreateMcuDialog();
        call.Ended = OnCallEnded;
        ApplyDevices();
        var stage = ConferenceStage.AudioVideo;
        try
        {
            run?.Begin(stage);
            await call.InviteAsync(attempt.Token);
            attempt.Token.ThrowIfCancellationRequested();
            Machine.Fire(ModalityTrigger.Answer);
            run?.Complete(stage);
            stage = ConferenceStage.Media;
            run?.Begin(stage);
            await call.WaitForMediaAsync(Context.Options.MediaTimeout, attempt.Token);
            attempt.Token.ThrowIfCancellationRequested();
            Machine.Fire(ModalityTrigger.HearMedia);
            run?.Complete(stage);
        }
        catch (Exception thrown) when (thrown is SipException or MediaNegotiationException or IOException or TimeoutException or OperationCanceledException)
        {
            var failure = attempt.Explain(thrown);
            // Called off means that an end is on its way already; its row, not this failure, says how.
            await (attempt.Cause is null ? EndAsync(TriggerOf(failure), failure) : _ending);
            throw failure is OperationCanceledException ? failure : new ConferenceFailureException(stage, failure);
        }
        finally
        {
            _attempt = null;
        }
    }

    /// <summary>Ends whatever there is, by the given row or, when another end is on its way, with that.</summary>
    internal Task EndAsync(ModalityTrigger trigger, Exception? cause)
    {
        cause ??= CauseOf(trigger);
        if (State == ModalityState.Notified)
        {
            Refuse(trigger == ModalityTrigger.Disconnect ? ModalityTrigger.Reject : trigger, cause);
        }
        else if (Machine.TryFire(trigger, cause))
        {
            _ending = FinishAsync(_call!);
            _attempt?.CallOff(cause ?? new OperationCanceledException("The modality was disconnected."));
        }

        return _ending;
    }

    internal override void Complete()
    {
        base.Complete();
        AudioSource = null;
        AudioSink = null;
    }

    private protected override ModalityStateChange Describe(
        StateRow<ModalityState, ModalityTrigger, ModalityStateChangeReason> row, Exception? cause, DateTimeOffset when) =>
        new(row.From, row.To, row.Reason, cause, when, _call?.SnapshotStatistics());

    private async Task FinishAsync(McuDialog call)
    {
        // The row taken decides: Disconnecting still has to say goodbye, Disconnected has nobody left to say it to.
        await call.CloseAsync(sayGoodbye: State == ModalityState.Disconnecting);
        Machine.TryFire(ModalityTrigger.CompleteDisconnect);
    }

    private void OnCallEnded(ModalityTrigger trigger, Exception? cause) => Context.Work.Start(() => EndAsync(trigger, cause));

    private void ApplyDevices() => _call?.SetDevices(AudioSource, AudioSink);

    // Who waits for the call to be connected must hear why it was not; only the user's own wish is a cancellation.
    private static SipException? CauseOf(ModalityTrigger trigger) => trigger switch
    {
        ModalityTrigger.DisconnectRemotely => new(SipFailure.Terminated, "The A/V server ended the call."),
        ModalityTrigger.EndConference => new(SipFailure.Terminated, "The conference ended."),
        ModalityTrigger.LoseConnection => new(SipFailure.FlowClosed, "The connection to the server was lost."),
        _ => null,
    };

    private static ModalityTrigger TriggerOf(Exception failure) => failure switch
    {
        SipException { Failure: SipFailure.Refused } => ModalityTrigger.Refuse,
        SipException { Failure: SipFailure.TimedOut } => ModalityTrigger.TimeOut,
        SipException { Failure: SipFailure.Canceled } => ModalityTrigger.Disconnect,
        SipException => ModalityTrigger.LoseConnection,
        TimeoutException => ModalityTrigger.MissMedia,
        OperationCanceledException => ModalityTrigger.Disconnect,
        // No port to be had, or an answer that cannot be used.
        _ => ModalityTrigger.FailNegotiation,
    };
}
