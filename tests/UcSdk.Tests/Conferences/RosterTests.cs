using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Tests;

public sealed class RosterTests
{
    private readonly Lab _lab = new();

    [Fact]
    public void Participants_come_change_and_go_as_the_focus_says() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var people = new Recorder<CollectionChange<Participant>>();
        using var subscription = conversation.Participants.Changes.Subscribe(people);

        await NotifyAsync(2, "partial", Texts.User("bob"));
        await _lab.DelayAsync(1);
        var bob = conversation.Participants.Single(participant => !participant.IsSelf);
        var changes = new Recorder<ParticipantChange>();
        using var ofBob = bob.Changes.Subscribe(changes);
        Assert.Equal(("sip:bob@contoso.com", "bob", false, ModalityState.Disconnected), (bob.Uri, bob.DisplayName, bob.IsPresenter, bob.Modalities.AudioVideo));
        await NotifyAsync(3, "partial", Texts.User("bob", "presenter", "audio-video", "chat"));
        await _lab.DelayAsync(1);
        Assert.Equal((true, ModalityState.Connected, ModalityState.Connected), (bob.IsPresenter, bob.Modalities.AudioVideo, bob.Modalities[ModalityTypes.InstantMessage]));
        Assert.Equal((false, true), (changes.Items[0].Previous.IsPresenter, changes.Items[0].Current.IsPresenter));
        await NotifyAsync(4, "partial", Texts.Gone("bob"));
        await _lab.DelayAsync(1);

        Assert.Equal([CollectionChangeKind.Snapshot, CollectionChangeKind.Added, CollectionChangeKind.Removed], people.Items.Select(change => change.Kind));
        Assert.Equal([1, 2, 1], people.Items.Select(change => change.Items.Count));
        Assert.Same(bob, people.Items[^1].Item);
        Assert.True(changes.IsCompleted);
    });

    [Fact]
    public void A_NOTIFY_is_answered_and_a_BENOTIFY_is_not() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");

        await _lab.Server.SendInDialogAsync("conference", "NOTIFY", Texts.Notification() + Texts.RosterBody(2, "partial", "partial", Texts.User("bob")));
        await _lab.DelayAsync(1);
        await NotifyAsync(3, "partial", Texts.User("carol"));
        await _lab.DelayAsync(1);

        Assert.Equal(3, conversation.Participants.Count);
        Assert.Single(_lab.Server.Log, "alice: 200 NOTIFY conference");
        Assert.DoesNotContain(_lab.Server.Log, line => line.StartsWith("alice: 200 BENOTIFY", StringComparison.Ordinal));
    });

    [Fact]
    public void A_gap_makes_a_new_subscription_that_brings_the_whole_roster() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        _lab.Server.Answers["SUBSCRIBE conference"] = request => request.Headers[HeaderName.Expires] == "0"
            ? _lab.Server.Reply(request, 200, "Expires: 0\r\n")
            : _lab.Server.Reply(request, 200, Texts.Roster(1, Texts.User(request), Texts.User("bob"), Texts.User("carol")));
        var joined = _lab.Server.Log.Count;

        await NotifyAsync(3, "partial", Texts.User("carol"));
        await _lab.DelayAsync(1);

        Assert.Equal(["alice: SUBSCRIBE conference", "alice: SUBSCRIBE conference"], _lab.Server.Log[joined..].Where(line => line.StartsWith("alice", StringComparison.Ordinal)));
        Assert.Equal(["alice", "bob", "carol"], conversation.Participants.Select(participant => participant.DisplayName).Order());
    });

    [Fact]
    public void What_the_old_subscription_says_after_a_gap_is_not_heard() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var subscribe = _lab.Server.Answers["SUBSCRIBE conference"];
        _lab.Server.Answers["SUBSCRIBE conference"] = async request =>
        {
            await _lab.DelayAsync(request.Headers[HeaderName.Expires] == "0" ? 1 : 0);
            return await subscribe(request);
        };
        var joined = _lab.Server.Log.Count;

        await NotifyAsync(3, "partial", Texts.User("carol"));
        await _lab.DelayAsync(0.5);
        await NotifyAsync(5, "partial", Texts.User("dave"));
        await _lab.DelayAsync(2);

        Assert.Equal(2, _lab.Server.Log[joined..].Count(line => line == "alice: SUBSCRIBE conference"));
        Assert.Single(conversation.Participants);
    });

    [Fact]
    public void Without_the_rule_about_gaps_a_lost_notification_goes_unnoticed() => _lab.Run(async () =>
    {
        var seams = new ClientSeams { MergeRules = ConferenceMergeRules.All & ~ConferenceMergeRules.DetectGaps };
        var (_, conversation) = await _lab.JoinAsync("alice", seams);

        await NotifyAsync(3, "partial", Texts.User("carol"));
        await _lab.DelayAsync(1);

        Assert.Equal(["alice", "carol"], conversation.Participants.Select(participant => participant.DisplayName).Order());
    });

    [Fact]
    public void An_unreadable_notification_changes_nothing() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");

        await _lab.Server.SendInDialogAsync("conference", "BENOTIFY", Texts.Notification() + "Content-Type: application/conference-info+xml\r\n\r\n<conference-info");
        await NotifyAsync(2, "partial", Texts.User("bob"));
        await _lab.DelayAsync(1);

        Assert.Equal(2, conversation.Participants.Count);
    });

    [Fact]
    public void The_end_of_the_conference_ends_audio_session_and_conversation_with_its_reason() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var talk = new Recorder<ConversationStateChange>();
        var audio = new Recorder<ModalityStateChange>();
        var session = new Recorder<ConferenceSessionStateChange>();
        using var a = conversation.StateChanges.Subscribe(talk);
        using var b = conversation.AVModality.StateChanges.Subscribe(audio);
        using var c = conversation.ConferenceSession!.StateChanges.Subscribe(session);

        await _lab.Server.SendInDialogAsync("conference", "BENOTIFY", Texts.Notification("terminated;reason=noresource") + Texts.RosterBody(2, "deleted", "full"));
        await _lab.Server.SendInDialogAsync("focus", "BYE");
        await _lab.DelayAsync(1);

        Assert.Equal(["Connected → Disconnecting (ConferenceEnded)", "Disconnecting → Disconnected (Disconnected)", "completed"], session.Log);
        Assert.Equal(["Connected → Disconnecting (ConferenceEnded)", "Disconnecting → Disconnected (Disconnected)", "completed"], audio.Log);
        Assert.Equal("Inactive → Terminated (EndedRemotely)", talk.Log[^2]);
        Assert.Contains("alice: BYE audio-video", _lab.Server.Log);
    });

    [Fact]
    public void Being_removed_from_the_roster_is_an_ejection() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var session = new Recorder<ConferenceSessionStateChange>();
        using var subscription = conversation.ConferenceSession!.StateChanges.Subscribe(session);

        await NotifyAsync(2, "partial", Texts.Gone("alice"));
        await _lab.DelayAsync(1);

        Assert.Equal("Connected → Disconnecting (Ejected)", session.Log[0]);
        Assert.Equal(ConversationState.Terminated, conversation.State);
    });

    [Fact]
    public void A_BYE_of_the_focus_alone_ends_everything_too() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var session = new Recorder<ConferenceSessionStateChange>();
        using var subscription = conversation.ConferenceSession!.StateChanges.Subscribe(session);

        await _lab.Server.SendInDialogAsync("focus", "BYE");
        await _lab.DelayAsync(1);

        Assert.Equal("Connected → Disconnecting (EndedByFocus)", session.Log[0]);
        Assert.Contains("alice: BYE audio-video", _lab.Server.Log);
        Assert.Equal(ConversationState.Terminated, conversation.State);
    });

    [Fact]
    public void A_BYE_of_the_AV_server_leaves_the_conference_joined() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var audio = new Recorder<ModalityStateChange>();
        using var subscription = conversation.AVModality.StateChanges.Subscribe(audio);

        await _lab.Server.SendInDialogAsync("audio-video", "BYE");
        await _lab.DelayAsync(1);

        Assert.Equal(["Connected → Disconnected (RemoteDisconnected)"], audio.Log);
        Assert.Equal(ConversationState.Inactive, conversation.State);
        Assert.Equal(ConferenceSessionState.Connected, conversation.ConferenceSession!.State);
        Assert.True(conversation.AVModality.CanInvoke(ModalityAction.Connect));
    });

    [Fact]
    public void Media_that_stops_ends_the_call_after_50_seconds() => _lab.Run(async () =>
    {
        var (_, conversation) = await _lab.JoinAsync("alice");
        var audio = new Recorder<ModalityStateChange>();
        using var subscription = conversation.AVModality.StateChanges.Subscribe(audio);

        await _lab.Server.Legs[0].CloseAsync();
        await _lab.DelayAsync(52);

        Assert.Equal(["Connected → Disconnecting (MediaLost)", "Disconnecting → Disconnected (Disconnected)"], audio.Log);
        Assert.Contains("alice: BYE audio-video", _lab.Server.Log);
    });

    [Fact]
    public void A_BYE_during_the_join_fails_it() => _lab.Run(async () =>
    {
        _lab.Server.Answers["INVITE audio-video"] = request => _lab.Server.Reply(request, 180);
        var alice = await _lab.SignInAsync("alice");
        var joining = alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri);
        await _lab.DelayAsync(1);

        await _lab.Server.SendInDialogAsync("focus", "BYE");
        await _lab.DelayAsync(1);
        await _lab.Server.RespondAsync(_lab.Server.Last("INVITE audio-video"), 487);

        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => joining);
        Assert.Contains("ended while it was being joined", failure.InnerException!.Message);
        Assert.Contains("alice: CANCEL audio-video", _lab.Server.Log);
    });

    private Task NotifyAsync(int version, string usersState, params string[] users) =>
        _lab.Server.SendInDialogAsync("conference", "BENOTIFY", Texts.Notification() + Texts.RosterBody(version, usersState, usersState, users));
}
