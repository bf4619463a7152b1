using UcSdk.Documents;
using static UcSdk.Server.Tests.FocusHarness;

namespace UcSdk.Server.Tests;

public sealed class FocusTests
{
    [Fact]
    public void The_organizer_is_let_in_as_presenter_and_a_colleague_as_attendee()
    {
        var conference = new FocusHarness();

        Assert.True(conference.TryJoin(Alice, 1, out var alice, out _));
        Assert.True(conference.TryJoin(Bob, 2, out var bob, out _));

        Assert.Equal(ConferenceRoles.Presenter, alice);
        Assert.Equal(ConferenceRoles.Attendee, bob);
    }

    [Fact]
    public void A_listed_presenter_is_let_in_as_presenter()
    {
        var conference = new FocusHarness(listed: new() { [Bob] = ConferenceRoles.Presenter });

        Assert.True(conference.TryJoin(Bob, 1, out var role, out _));

        Assert.Equal(ConferenceRoles.Presenter, role);
    }

    [Fact]
    public void A_closed_conference_refuses_a_stranger_with_3014()
    {
        var conference = new FocusHarness(AdmissionPolicies.ClosedAuthenticated);

        Assert.False(conference.TryJoin(Bob, 1, out _, out var refusal));

        Assert.Equal(403, refusal.StatusCode);
        Assert.Equal(3014, refusal.Diagnostic?.Id);
        Assert.Empty(conference.Effects);
    }

    [Fact]
    public void A_closed_conference_opens_to_whom_a_presenter_adds()
    {
        var conference = new FocusHarness(AdmissionPolicies.ClosedAuthenticated).Join(Alice, 1);

        var outcome = conference.Execute(Alice, new AddUserCommand(conference.Uri, new ConferenceUser("sip:BOB@contoso.test")));

        Assert.Equal(C3pCode.Success, outcome.Response?.Code);
        Assert.True(conference.TryJoin(Bob, 2, out var role, out _));
        Assert.Equal(ConferenceRoles.Attendee, role);
    }

    [Theory]
    [InlineData("tel:+49123", "attendee", "TargetUserInvalid")]
    [InlineData("nonsense", "attendee", "TargetUserInvalid")]
    [InlineData(Bob, "king", "RoleInvalid")]
    public void Who_cannot_be_added_is_said(string user, string role, string reason)
    {
        var conference = new FocusHarness().Join(Alice, 1);

        var outcome = conference.Execute(Alice, new AddUserCommand(conference.Uri, new ConferenceUser(user) { Roles = [role] }));

        Assert.Equal(reason == "RoleInvalid" ? C3pError.RoleInvalid : C3pError.TargetUserInvalid, outcome.Refusal);
    }

    [Fact]
    public void The_last_user_may_be_put_out_and_leaves_an_inactive_conference()
    {
        var conference = new FocusHarness().Join(Alice, 1);

        Assert.Equal(C3pCode.Success, conference.Execute(Alice, new DeleteUserCommand(conference.Uri, Alice)).Response?.Code);

        Assert.Equal(FocusState.Inactive, conference.Focus.State);
        conference.Join(Bob, 2);
        Assert.Equal(FocusState.Active, conference.Focus.State);
    }

    [Fact]
    public void Who_was_called_into_a_conference_that_is_deleted_is_not_in_it()
    {
        var conference = new FocusHarness().Join(Alice, 1);
        var chat = new ConferenceEndpoint("{leg}") { SessionType = ConferenceEntityTypes.Chat };
        Assert.True(conference.Focus.TryConnectCalledLeg(2, FocusHarness.Party(Bob), "Bob", chat, []));
        conference.Delete();

        Assert.False(conference.Focus.TryConnectCalledLeg(3, FocusHarness.Party(Carol), "Carol", chat, []));
        Assert.Equal((0, FocusState.Deleted), (conference.Focus.UserCount, conference.Focus.State));
    }

    [Fact]
    public void An_attendee_may_not_add_others()
    {
        var conference = new FocusHarness().Join(Alice, 1).Join(Bob, 2);

        var outcome = conference.Execute(Bob, new AddUserCommand(conference.Uri, new ConferenceUser(Carol)));

        Assert.Equal(C3pError.NotAuthorized, outcome.Refusal);
    }

    [Fact]
    public void The_first_document_is_full_and_names_the_parts_and_everybody()
    {
        var conference = new FocusHarness().Join(Alice, 1).Join(Bob, 2);

        var roster = conference.Subscribe(Bob, 1);

        Assert.Equal(ElementState.Full, roster.State);
        Assert.Equal(1u, roster.Version);
        Assert.Equal(conference.Uri, roster.Entity);
        Assert.Equal("Plans", roster.Description?.Subject);
        Assert.Equal(conference.Uri.Replace(":focus:", ":audio-video:", StringComparison.Ordinal), roster.Description?.ConferenceUris?.For("audio-video"));
        Assert.Equal([Alice, Bob], roster.Users!.Users.Select(user => user.Entity));
        Assert.Equal(["presenter"], roster.Users.Find(Alice)!.Roles);
        Assert.Equal(ConferenceEntityTypes.Focus, Assert.Single(roster.Users.Find(Bob)!.Endpoints).SessionType);
        Assert.Equal(2u, roster.ConferenceState?.UserCount);
        Assert.Contains(roster.View!.Entities, view => view.Entity.Contains(":audio-video:", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_subscriber_hears_of_every_join_in_versions_of_its_own()
    {
        var conference = new FocusHarness().Join(Alice, 1);
        conference.Subscribe(Alice, 1);
        conference.Join(Bob, 2);
        conference.Subscribe(Bob, 2);
        _ = conference.Notifications;

        conference.Join(Carol, 3);

        var notifications = conference.Notifications;
        Assert.Equal([(1L, 3u), (2L, 2u)], notifications.Select(sent => (sent.Subscription, sent.Document.Version!.Value)));
        Assert.All(notifications, sent =>
        {
            Assert.Equal(ElementState.Partial, sent.Document.State);
            Assert.Equal(ElementState.Partial, sent.Document.Users!.State);
            Assert.Equal(Carol, Assert.Single(sent.Document.Users.Users).Entity);
        });
    }

    [Fact]
    public void A_changed_user_is_written_whole_with_all_its_endpoints()
    {
        var conference = new FocusHarness().Join(Alice, 1);
        conference.Subscribe(Alice, 1);
        conference.Join(Bob, 2);
        _ = conference.Notifications;

        Assert.True(conference.Connect(Bob, 7));

        var bob = Assert.Single(Assert.Single(conference.Notifications).Document.Users!.Users);
        Assert.Equal(ElementState.Full, bob.State);
        Assert.Equal(["focus", "audio-video"], bob.Endpoints.Select(endpoint => endpoint.SessionType));
    }

    [Fact]
    public void A_user_who_leaves_is_deleted_from_the_roster_and_its_legs_end()
    {
        var conference = new FocusHarness().Join(Alice, 1).Join(Bob, 2);
        conference.Subscribe(Alice, 1);
        conference.Subscribe(Bob, 2);
        conference.Connect(Bob, 7);
        _ = conference.Effects;

        conference.Leave(2);

        var effects = conference.Effects;
        var gone = Assert.Single(effects.OfType<FocusEffect.Notify>());
        Assert.Equal(1, gone.Subscription);
        Assert.Equal(ElementState.Deleted, Assert.Single(gone.Document.Users!.Users).State);
        Assert.Equal(1u, gone.Document.ConferenceState?.UserCount);
        Assert.Contains(new FocusEffect.EndLeg(7), effects);
        Assert.Contains(new FocusEffect.EndSubscription(2, null), effects);
        Assert.Equal(0, conference.Focus.LegCount);
    }

    [Fact]
    public void Leaving_with_one_of_two_endpoints_keeps_the_user_and_the_other_endpoints_legs()
    {
        var conference = new FocusHarness().Join(Bob, 1, instance: "desk").Join(Bob, 2, instance: "phone");
        conference.Connect(Bob, 7, "desk");
        conference.Connect(Bob, 8, "phone");
        _ = conference.Effects;

        conference.Leave(1);

        Assert.Equal([new FocusEffect.EndLeg(7)], conference.Effects);
        Assert.Equal(1, conference.Focus.UserCount);
        Assert.Equal(1, conference.Focus.LegCount);
    }

    [Fact]
    public void Joining_again_with_the_same_key_replaces_the_old_dialog_and_what_hung_on_it()
    {
        var conference = new FocusHarness().Join(Bob, 1, "{B}");
        conference.Subscribe(Bob, 5);
        conference.Connect(Bob, 7);
        _ = conference.Effects;

        conference.Join(Bob, 2, "{b}");

        Assert.Equal(
            [new FocusEffect.EndDialog(1, FocusDialogEnd.Replaced), new FocusEffect.EndLeg(7), new FocusEffect.EndSubscription(5, null)],
            conference.Effects);
        Assert.Equal(1, conference.Focus.DialogCount);
        conference.Leave(1);
        Assert.Equal(1, conference.Focus.UserCount);
    }

    [Fact]
    public void A_second_leg_of_the_same_endpoint_takes_the_place_of_the_first()
    {
        var conference = new FocusHarness().Join(Bob, 1);
        conference.Connect(Bob, 7);
        _ = conference.Effects;

        Assert.True(conference.Connect(Bob, 8));

        Assert.Equal([new FocusEffect.EndLeg(7)], conference.Effects);
        Assert.Equal(1, conference.Focus.LegCount);
    }

    [Fact]
    public void An_endpoint_that_is_no_longer_registered_loses_everything()
    {
        var conference = new FocusHarness().Join(Alice, 1).Join(Bob, 2);
        conference.Subscribe(Alice, 1);
        conference.Subscribe(Bob, 2);
        conference.Connect(Bob, 7);
        _ = conference.Effects;

        conference.Drop(Bob);

        var effects = conference.Effects;
        Assert.Contains(new FocusEffect.EndSubscription(2, null), effects);
        Assert.Contains(new FocusEffect.EndDialog(2, FocusDialogEnd.EndpointGone), effects);
        Assert.Contains(new FocusEffect.EndLeg(7), effects);
        Assert.Single(effects.OfType<FocusEffect.Notify>());
        Assert.Equal(1, conference.Focus.UserCount);
    }

    [Fact]
    public void A_presenter_removes_a_user_who_hears_of_it_before_everything_of_it_ends()
    {
        var conference = new FocusHarness().Join(Alice, 1).Join(Bob, 2);
        conference.Subscribe(Bob, 2);
        conference.Connect(Bob, 7);
        _ = conference.Effects;

        var outcome = conference.Execute(Alice, new DeleteUserCommand(conference.Uri, Bob));

        Assert.Equal(C3pCode.Success, outcome.Response?.Code);
        var effects = conference.Effects;
        Assert.Equal(ElementState.Deleted, Assert.Single(Assert.IsType<FocusEffect.Notify>(effects[0]).Document.Users!.Users).State);
        Assert.Equal(
            [new FocusEffect.EndSubscription(2, null), new FocusEffect.EndDialog(2, FocusDialogEnd.Ejected), new FocusEffect.EndLeg(7)],
            effects.Skip(1));
    }

    [Theory]
    [InlineData(Bob, Bob, true)]
    [InlineData(Bob, Alice, false)]
    [InlineData(Alice, Bob, true)]
    public void Only_presenters_and_oneself_may_remove_a_user(string sender, string target, bool allowed)
    {
        var conference = new FocusHarness().Join(Alice, 1).Join(Bob, 2);

        var outcome = conference.Execute(sender, new DeleteUserCommand(conference.Uri, target));

        Assert.Equal(allowed, outcome.Response is not null);
        Assert.Equal(allowed ? null : C3pError.NotAuthorized, outcome.Refusal);
    }

    [Fact]
    public void Removing_somebody_who_is_not_there_fails_in_C3P()
    {
        var conference = new FocusHarness().Join(Alice, 1);

        var outcome = conference.Execute(Alice, new DeleteUserCommand(conference.Uri, Carol));

        Assert.Equal(C3pCode.Failure, outcome.Response?.Code);
        Assert.Equal(C3pReasons.UserDoesNotExist, outcome.Response?.Result?.Reason);
    }

    [Fact]
    public void Deleting_the_conference_tells_every_subscriber_and_ends_everything()
    {
        var conference = new FocusHarness().Join(Alice, 1).Join(Bob, 2);
        conference.Subscribe(Alice, 1);
        conference.Connect(Bob, 7);
        _ = conference.Effects;

        var outcome = conference.Execute(Alice, new DeleteConferenceCommand(conference.Uri));

        Assert.True(outcome.Response?.IsSuccess);
        var effects = conference.Effects;
        var last = Assert.IsType<FocusEffect.EndSubscription>(effects[0]);
        Assert.Equal(ElementState.Deleted, last.Document?.State);
        Assert.Equal(3u, last.Document?.Version);
        Assert.Contains(new FocusEffect.EndDialog(1, FocusDialogEnd.ConferenceDeleted), effects);
        Assert.Contains(new FocusEffect.EndDialog(2, FocusDialogEnd.ConferenceDeleted), effects);
        Assert.Contains(new FocusEffect.EndLeg(7), effects);
        Assert.Equal(FocusState.Deleted, conference.Focus.State);
        Assert.False(conference.TryJoin(Alice, 9, out _, out var refusal));
        Assert.Equal(404, refusal.StatusCode);
    }

    [Fact]
    public void An_attendee_may_not_delete_the_conference()
    {
        var conference = new FocusHarness().Join(Alice, 1).Join(Bob, 2);

        Assert.Equal(C3pError.NotAuthorized, conference.Execute(Bob, new DeleteConferenceCommand(conference.Uri)).Refusal);
        Assert.Equal(FocusState.Active, conference.Focus.State);
    }

    [Fact]
    public void The_last_to_leave_deactivates_the_conference_and_the_next_to_join_activates_it_again()
    {
        var conference = new FocusHarness().Join(Bob, 1);
        conference.Leave(1);
        conference.Join(Bob, 2);

        Assert.Equal(
            [FocusReason.Activated, FocusReason.Deactivated, FocusReason.Activated],
            conference.Effects.OfType<FocusEffect.StateChanged>().Select(change => change.Reason));
    }

    [Fact]
    public void An_inactive_conference_can_be_deleted()
    {
        var conference = new FocusHarness();

        conference.Delete();

        Assert.Equal(FocusState.Deleted, conference.Focus.State);
    }

    [Fact]
    public void Commands_that_name_another_conference_or_an_MCU_are_refused()
    {
        var conference = new FocusHarness().Join(Alice, 1);
        var other = ConferenceUri.Focus(Alice, "OTHER111").Text;

        Assert.Equal(C3pError.ConferenceEntityInvalid, conference.Execute(Alice, new DeleteUserCommand(other, Alice)).Refusal);
        Assert.Equal(C3pError.ConferenceEntityInvalid, conference.Execute(Alice, new DeleteConferenceCommand(other)).Refusal);
        Assert.Equal(C3pError.ConferenceEntityInvalid, conference.Execute(Alice, new AddUserCommand(other, new ConferenceUser(Bob))).Refusal);
        Assert.Equal(
            C3pError.McuNotAllowed,
            conference.Execute(Alice, new DeleteConferenceCommand(conference.Uri) { McuUri = conference.Uri }).Refusal);
    }

    [Fact]
    public void A_command_that_is_not_known_fails_in_C3P_and_harms_nothing()
    {
        var conference = new FocusHarness().Join(Alice, 1);

        var outcome = conference.Execute(Alice, new UnknownC3pCommand(new DocumentElement("urn:ietf:params:xml:ns:cccp", "modifyConferenceLock")));

        Assert.Equal(C3pReasons.NotSupported, outcome.Response?.Result?.Reason);
        Assert.Equal(1, conference.Focus.UserCount);
    }

    [Fact]
    public void A_deleted_conference_takes_no_commands()
    {
        var conference = new FocusHarness().Join(Alice, 1);
        conference.Delete();

        Assert.Equal(C3pError.ConferenceUriInvalid, conference.Execute(Alice, new DeleteConferenceCommand(conference.Uri)).Refusal);
    }

    [Fact]
    public void A_leg_of_somebody_who_is_not_in_the_roster_is_not_connected()
    {
        var conference = new FocusHarness().Join(Alice, 1);

        Assert.False(conference.Connect(Bob, 7));
        Assert.False(conference.Connect(Alice, 8, "another endpoint"));
    }

    [Fact]
    public void A_leg_that_begins_to_send_and_ends_is_told()
    {
        var conference = new FocusHarness().Join(Alice, 1);
        conference.Subscribe(Alice, 1);
        conference.Connect(Alice, 7);
        _ = conference.Notifications;

        conference.Update(7, new ConferenceMedia("1") { Type = "audio", SourceId = "42" });
        conference.Update(7, new ConferenceMedia("1") { Type = "audio", SourceId = "42" });
        conference.Disconnect(7);

        var notifications = conference.Notifications;
        Assert.Equal(2, notifications.Count);
        Assert.Equal("42", notifications[0].Document.Users!.Users[0].Endpoints[1].Media[0].SourceId);
        Assert.Single(notifications[1].Document.Users!.Users[0].Endpoints);
    }

    [Fact]
    public void One_user_past_the_limit_is_refused()
    {
        var conference = new FocusHarness(limits: new ConferenceLimits { MaxUsers = 2 }).Join(Alice, 1).Join(Bob, 2);

        Assert.False(conference.TryJoin(Carol, 3, out _, out var refusal));
        Assert.Equal(480, refusal.StatusCode);
    }

    [Fact]
    public void One_endpoint_past_the_limit_is_refused()
    {
        var conference = new FocusHarness(limits: new ConferenceLimits { MaxEndpointsPerUser = 2 }).Join(Bob, 1);
        Assert.True(conference.Connect(Bob, 7));

        Assert.False(conference.TryJoin(Bob, 2, out _, out var refusal));
        Assert.Equal(480, refusal.StatusCode);

        // What takes the place of something needs no room.
        Assert.True(conference.Connect(Bob, 8));
        Assert.True(conference.TryJoin(Bob, 3, out _, out _, "{bob-1}"));
    }

    [Fact]
    public void One_listed_user_past_the_limit_is_refused()
    {
        var conference = new FocusHarness(limits: new ConferenceLimits { MaxListedUsers = 1 }).Join(Alice, 1);

        Assert.True(conference.Execute(Alice, new AddUserCommand(conference.Uri, new ConferenceUser(Bob))).Response?.IsSuccess);
        Assert.True(conference.Execute(Alice, new AddUserCommand(conference.Uri, new ConferenceUser(Bob))).Response?.IsSuccess);
        Assert.Equal(
            C3pReasons.PolicyViolation,
            conference.Execute(Alice, new AddUserCommand(conference.Uri, new ConferenceUser(Carol))).Response?.Result?.Reason);
    }

    [Fact]
    public void A_refreshed_subscription_gets_the_whole_roster_again()
    {
        var conference = new FocusHarness().Join(Alice, 1);
        conference.Subscribe(Alice, 1);
        conference.Join(Bob, 2);

        var roster = conference.Focus.Subscriptions.Refresh(1);

        Assert.Equal(ElementState.Full, roster.State);
        Assert.Equal(3u, roster.Version);
        Assert.Equal(2, roster.Users!.Users.Count);
    }
}
