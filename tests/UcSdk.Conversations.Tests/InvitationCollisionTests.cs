namespace UcSdk.Conversations.Tests;

/// <summary>Several invitations at once, and several endpoints of one person.</summary>
public sealed class InvitationCollisionTests
{
    [Fact]
    public void Two_inviters_with_two_conferences_are_both_accepted() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        var carol = await world.SignInAsync("carol");
        await carol.MeetAsync();
        bob.Accepts(audio: false);

        var (first, one) = alice.Invite(bob);
        var (second, two) = carol.Invite(bob);
        await Task.WhenAll(one, two);
        await world.UntilAsync(() => bob.Client.ConversationManager.Conversations.Count(c => c.ConferenceSession!.State == ConferenceSessionState.Connected) == 2, "bob is in both");

        Assert.Equal(2, bob.Client.ConversationManager.Conversations.Count);
        Assert.NotEqual(bob.Invitations[0].ConferenceUri, bob.Invitations[1].ConferenceUri);
        Assert.Equal(Lines.InvitationAccepted, alice.HistoryOf(first).Take(Lines.InvitationAccepted.Length));
        foreach (var conversation in bob.Client.ConversationManager.Conversations.ToArray())
        {
            await conversation.EndAsync();
        }

        await world.AssertNobodyMeetsAsync();
        Assert.Equal(Lines.InvitationAccepted, alice.HistoryOf(first));
        Assert.Equal(Lines.InvitationAccepted, carol.HistoryOf(second));
        Assert.All(bob.Invitations, invitation => Assert.Equal(Lines.IncomingEndedHere, bob.HistoryOf(invitation)));
    });

    [Fact]
    public void Two_inviters_to_the_same_conference_lead_to_one_conversation() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        var carol = await world.SignInAsync("carol");
        await carol.OpenAsync(alice.Conversation!.ConferenceSession!.ConferenceUri);
        bob.AnswersWith(async (invitation, cancellationToken) =>
        {
            await invitation.AcceptAsync(cancellationToken);
            if (invitation == bob.Invitations[0])
            {
                await invitation.Conversation.JoinAsync(new JoinOptions { Audio = false }, null, cancellationToken);
            }
        });

        var (first, one) = alice.Invite(bob);
        var (second, two) = carol.Invite(bob);
        await Task.WhenAll(one, two);
        await world.UntilAsync(() => bob.Conversation!.ConferenceSession!.State == ConferenceSessionState.Connected, "bob is in");

        Assert.Same(bob.Invitations[0].Conversation, bob.Invitations[1].Conversation);
        Assert.Single(bob.Client.ConversationManager.Conversations);
        Assert.Equal(1, world.Wire.Count("bob → server INVITE focus"));
        await bob.Conversation!.EndAsync();
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(Lines.InvitationAccepted, alice.HistoryOf(first));
        Assert.Equal(Lines.InvitationAccepted, carol.HistoryOf(second));
    });

    [Fact]
    public void Declining_one_of_two_invitations_to_a_conference_leaves_the_other() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        var carol = await world.SignInAsync("carol");
        await carol.OpenAsync(alice.Conversation!.ConferenceSession!.ConferenceUri);
        bob.AnswersWith(async (invitation, cancellationToken) =>
        {
            if (invitation == bob.Invitations[0])
            {
                await world.UntilAsync(() => bob.Invitations.Count == 2, "the second invitation");
                await invitation.DeclineAsync(cancellationToken: cancellationToken);
            }
            else
            {
                await world.DelayAsync(TimeSpan.FromSeconds(2));
                await invitation.AcceptAsync(cancellationToken);
                await invitation.Conversation.JoinAsync(new JoinOptions { Audio = false }, null, cancellationToken);
            }
        });

        var (_, one) = alice.Invite(bob);
        var (_, two) = carol.Invite(bob);
        var outcomes = new[] { await Record.ExceptionAsync(() => one), await Record.ExceptionAsync(() => two) };
        Assert.True(Assert.Single(outcomes.OfType<FailureResponseException>()).IsDeclined);
        Assert.Single(outcomes, outcome => outcome is null);
        await world.UntilAsync(() => bob.Invitations[1].Conversation.ConferenceSession!.State == ConferenceSessionState.Connected, "bob is in");

        await bob.Invitations[1].Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
        Assert.Equal(Lines.IncomingEndedHere, bob.HistoryOf(bob.Invitations[0]));
        Assert.Equal(Lines.IncomingEndedHere, bob.HistoryOf(bob.Invitations[1]));
    });

    [Fact]
    public void An_invitation_taken_back_does_not_end_the_conference_that_was_joined_meanwhile() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        bob.LetsItRing();
        using var stop = new CancellationTokenSource();
        var (_, delivery) = alice.Invite(bob, cancellationToken: stop.Token);
        await world.UntilAsync("server → alice 180 INVITE bob");

        await bob.JoinAsync(bob.Conversation!.ConferenceSession!.ConferenceUri, audio: false);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);
        await world.DelayAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(Lines.IncomingEndedThere, bob.HistoryOf(bob.Invitations.Single()));
        Assert.Equal(ConferenceSessionState.Connected, bob.Conversation.ConferenceSession.State);
        await bob.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });

    [Fact]
    public void One_endpoint_answers_and_the_other_stops_ringing() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        var desk = await world.SignInAsync("bob", "bob-desk");
        bob.Accepts(joins: false);
        desk.LetsItRing();

        var (invitation, delivery) = alice.Invite(bob);
        await delivery;
        await world.AssertNobodyMeetsAsync();

        Assert.Equal(
            ["Idle → Delivering (Delivering)", "Delivering → Delivering (Ringing)", "Delivering → Terminating (Accepted)", "Terminating → Terminated (Accepted)", "completed"],
            alice.HistoryOf(invitation));
        Assert.Equal(Lines.IncomingEndedHere, bob.HistoryOf(bob.Invitations.Single()));
        Assert.Equal(Lines.IncomingEndedThere, desk.HistoryOf(desk.Invitations.Single()));
        world.Wire.AssertInOrder("bob → server 200 INVITE bob", "server → bob-desk CANCEL bob", "bob-desk → server 487 INVITE bob");
        Assert.Equal(["Inactive → Terminated (EndedLocally)", "completed"], desk.HistoryOf(desk.Conversation!));
    });

    [Fact]
    public void One_endpoint_declines_and_all_stop_ringing() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        var desk = await world.SignInAsync("bob", "bob-desk");
        bob.Declines();
        desk.LetsItRing();

        Assert.True((await Assert.ThrowsAsync<FailureResponseException>(() => alice.Invite(bob).Delivery)).IsDeclined);
        await world.AssertNobodyMeetsAsync();

        Assert.Equal(Lines.IncomingEndedThere, desk.HistoryOf(desk.Invitations.Single()));
    });

    [Fact]
    public void Both_endpoints_of_a_person_join_and_the_roster_shows_one_person_with_two_endpoints() => World.Tell(async world =>
    {
        var (alice, bob) = await InvitationTests.MeetAsync(world);
        await alice.JoinAsync();
        var desk = await world.SignInAsync("bob", "bob-desk");
        var uri = alice.Conversation!.ConferenceSession!.ConferenceUri;
        await bob.JoinAsync(uri);
        await desk.JoinAsync(uri, audio: false);
        await world.DelayAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["Alice", "Bob"], alice.Conversation.Participants.Select(participant => participant.DisplayName).Order());
        Assert.Equal(ModalityState.Connected, alice.Conversation.Participants.Single(p => !p.IsSelf).Modalities.AudioVideo);
        var news = world.Wire.Lines.Last(line => line is { To: "alice" } && line.Text.StartsWith("BENOTIFY", StringComparison.Ordinal)).Message.BodyText;
        Assert.Equal(2, news.Split("session-type=\"focus\"").Length - 1);
        Assert.Equal(1, news.Split("session-type=\"audio-video\"").Length - 1);

        await desk.Conversation!.EndAsync();
        await world.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, alice.Conversation.Participants.Count);
        Assert.Equal((ConferenceSessionState.Connected, ModalityState.Connected), (bob.Conversation!.ConferenceSession!.State, bob.Conversation.AVModality.State));
        await bob.Conversation.EndAsync();
        await alice.Conversation.EndAsync();
        await world.AssertNobodyMeetsAsync();
    });
}
