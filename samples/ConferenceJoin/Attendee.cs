using ConferenceJoin.Reports;
using UcSdk;
using UcSdk.Media;
using UcSdk.Sip;

namespace ConferenceJoin;

/// <summary>One person with a client: signs in, is invited or invites, joins, hears and is heard.</summary>
internal sealed class Attendee : IAsyncDisposable
{
    private readonly IReport _report;
    private readonly RecordingTrace _trace = new();
    private readonly QueueAudioSource _voice = new();
    private readonly TaskCompletionSource _inFocus = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WavFileSink? _recorder;
    private JoinProgress? _lastProgress;
    private MediaStatistics? _statistics;

    public Attendee(string name, string uri, LyncClientOptions options, string recordDirectory, IReport report)
    {
        Name = name;
        Uri = uri;
        Recording = Path.Combine(recordDirectory, name + ".wav");
        _report = report;
        Client = new LyncClient(options with { Trace = _trace });
        Client.StateChanges.Subscribe(change => report.StateChanged(Name, "client", $"{change.Previous}", $"{change.Current}", $"{change.Reason}"));
        Client.ConversationManager.ConferenceInvitationHandler = OnInvitedAsync;
    }

    public string Name { get; }

    public string Uri { get; }

    /// <summary>The WAV file of what this person hears.</summary>
    public string Recording { get; }

    public LyncClient Client { get; }

    public Conversation? Conversation { get; private set; }

    /// <summary>Ends when this person is in the focus and knows the roster.</summary>
    public Task InFocus => _inFocus.Task;

    /// <summary>Ends when this person hears the conference.</summary>
    public Task Joined => _joined.Task;

    public ParticipantResult Result => new(
        Name,
        Recording,
        _statistics?.LocalEndPoint?.ToString() ?? "",
        _statistics?.RemoteEndPoint?.ToString() ?? "",
        _statistics?.PacketsSent ?? 0,
        _statistics?.PacketsReceived ?? 0,
        _lastProgress?.Elapsed.TotalMilliseconds ?? 0,
        _lastProgress?.RoundTrips ?? 0);

    public Task SignInAsync(CancellationToken cancellationToken) => Client.SignInAsync(Uri, cancellationToken);

    /// <summary>Makes a conference and joins it.</summary>
    public async Task MeetAsync(string subject, CancellationToken cancellationToken)
    {
        var conversation = await Client.ConversationManager.MeetNowAsync(new MeetNowOptions { Subject = subject }, cancellationToken);
        WatchRoster(conversation);
        await JoinAsync(conversation, cancellationToken);
    }

    /// <summary>Invites somebody to the conference; ends when the invitation is over, and fails when it was not accepted.</summary>
    public async Task InviteAsync(Attendee guest, CancellationToken cancellationToken)
    {
        var invitation = Conversation!.CreateInvitation(guest.Uri);
        Watch(invitation, $"invitation to {guest.Name}");
        await invitation.DeliverAsync(cancellationToken);
        await invitation.WaitForStateAsync(ConferenceInvitationState.Terminated, cancellationToken);
    }

    /// <summary>Speaks; ends when the last sample is on its way.</summary>
    public Task SayAsync(AudioFrame speech, CancellationToken cancellationToken) => _voice.PlayAsync(speech, cancellationToken);

    /// <summary>Ends the recording; what is heard from now on is not kept.</summary>
    public async Task StopRecordingAsync(CancellationToken cancellationToken)
    {
        Conversation!.AVModality.AudioSink = null;
        // The answer comes from the loop that feeds the sink, so the sink is idle once it is here.
        _statistics = await Conversation.AVModality.GetStatisticsAsync(cancellationToken);
        _recorder!.Dispose();
    }

    /// <summary>Leaves the conference and signs out.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await Conversation!.EndAsync(cancellationToken);
        await Client.SignOutAsync(cancellationToken);
    }

    /// <summary>Ends the conference for everybody and signs out.</summary>
    public async Task EndMeetingAsync(CancellationToken cancellationToken)
    {
        await Conversation!.ConferenceSession!.EndMeetingAsync(cancellationToken);
        await Conversation.WaitForStateAsync(ConversationState.Terminated, cancellationToken);
        await Client.SignOutAsync(cancellationToken);
    }

    /// <summary>The ladder of the conference's dialogs as this person's client saw them.</summary>
    public string DrawLadder()
    {
        var dialogs = _trace.Entries
            .Select(entry => entry.Message)
            .OfType<SipRequest>()
            .Where(request => request.Method == SipMethod.Invite)
            .Select(request => request.CallId!)
            .Distinct();
        return SipLadder.Draw(_trace.Entries, new SipLadderOptions
        {
            CallIds = [.. dialogs],
            ColumnWidth = 52,
            NameOf = address => _trace.Entries.Any(entry => entry.Flow.Local == address) ? Name : "server",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _recorder?.Dispose();
    }

    private async Task OnInvitedAsync(ConferenceInvitation invitation, CancellationToken cancellationToken)
    {
        try
        {
            Watch(invitation, "invitation");
            await invitation.AcceptAsync(cancellationToken);
            await JoinAsync(invitation.Conversation, cancellationToken);
        }
        catch (Exception failure)
        {
            // Whoever waits for this person to arrive must learn why that will not happen.
            _inFocus.TrySetException(failure);
            _joined.TrySetException(failure);
        }
    }

    private async Task JoinAsync(Conversation conversation, CancellationToken cancellationToken)
    {
        Conversation = conversation;
        Watch(conversation);
        _recorder = new WavFileSink(Recording);
        conversation.AVModality.AudioSource = _voice;
        conversation.AVModality.AudioSink = _recorder;
        await conversation.JoinAsync(new JoinOptions { Audio = true }, new InlineProgress<JoinProgress>(OnProgress), cancellationToken);
        _inFocus.TrySetResult();
        _joined.TrySetResult();
    }

    private void OnProgress(JoinProgress progress)
    {
        if (!progress.IsCompleted)
        {
            return;
        }

        _lastProgress = progress;
        _report.Step(Name, Describe.JoinStage(progress.Stage), progress.RoundTrips, progress.Elapsed);
        if (progress.Stage == ConferenceStage.Roster)
        {
            _inFocus.TrySetResult();
        }
    }

    private void Watch(Conversation conversation)
    {
        conversation.StateChanges.Subscribe(change => _report.StateChanged(Name, "conversation", $"{change.Previous}", $"{change.Current}", $"{change.Reason}"));
        conversation.AVModality.StateChanges.Subscribe(change => _report.StateChanged(Name, "audio", $"{change.Previous}", $"{change.Current}", $"{change.Reason}"));
        conversation.ConferenceSession?.StateChanges.Subscribe(
            change => _report.StateChanged(Name, "conference session", $"{change.Previous}", $"{change.Current}", $"{change.Reason}"));
    }

    // Who comes is watched as well: audio joins somebody's line later than the name.
    private void WatchRoster(Conversation conversation) => conversation.Participants.Changes.Subscribe(change =>
    {
        ReportRoster(change.Items);
        if (change is { Kind: CollectionChangeKind.Added, Item: { } person })
        {
            person.Changes.Subscribe(_ => ReportRoster(conversation.Participants));
        }
    });

    private void ReportRoster(IEnumerable<Participant> people) => _report.Roster([.. people.Select(person => new RosterLine(
        person.DisplayName, person.IsPresenter ? "presenter" : "attendee", person.Modalities.AudioVideo.ToString()))]);

    private void Watch(ConferenceInvitation invitation, string thing) =>
        invitation.StateChanges.Subscribe(change => _report.StateChanged(Name, thing, $"{change.Previous}", $"{change.Current}", $"{change.Reason}"));
}
