using UcSdk.Core;

namespace UcSdk.Documents.Tests;

public sealed class ConferenceNotificationsTests
{
    [Fact]
    public void The_first_notification_is_full_and_versions_count_up_by_one()
    {
        var notifications = new ConferenceNotifications();
        var empty = new ConferenceInfo("sip:f") { Users = new() };
        var one = empty with { Users = new() { Users = [new("sip:a")] } };

        Assert.Equal((ElementState.Full, 1u), StateOf(notifications.Next(empty)));
        Assert.Equal((ElementState.Partial, 2u), StateOf(notifications.Next(one)));
        Assert.Null(notifications.Next(one));
        Assert.Equal((ElementState.Full, 3u), StateOf(notifications.Full(one)));
        Assert.Equal((ElementState.Deleted, 4u), StateOf(notifications.Ended("sip:f")));
        Assert.Equal(4u, notifications.Version);
    }

    [Fact]
    public void A_changed_user_is_written_whole_in_a_partial_list_and_one_who_left_as_deleted()
    {
        var alice = new ConferenceUser("sip:alice@x") { DisplayText = "Alice", Endpoints = [new("{A}") { SessionType = "chat", Status = "connected" }] };
        var bob = new ConferenceUser("sip:bob@x");
        var carol = new ConferenceUser("sip:carol@x");
        var notifications = new ConferenceNotifications();
        notifications.Full(new("sip:f") { Users = new() { Users = [alice, bob, carol] } });
        var withAudio = alice with { Endpoints = ValueList.From(alice.Endpoints.Append(new("{B}") { SessionType = "audio-video" })) };

        var partial = notifications.Next(new("sip:f") { Users = new() { Users = [withAudio, carol] } })!;

        Assert.Equal(
            """<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:f" state="partial" version="2"><users state="partial"><user entity="sip:bob@x" state="deleted"/><user entity="sip:alice@x" state="full"><display-text>Alice</display-text><endpoint entity="{A}" session-type="chat" state="full"><status>connected</status></endpoint><endpoint entity="{B}" session-type="audio-video" state="full"/></user></users></conference-info>""",
            TestDocuments.Text(partial.ToBytes()));
    }

    [Fact]
    public void What_stands_on_the_root_itself_travels_in_a_full_document()
    {
        var notifications = new ConferenceNotifications();
        notifications.Full(new("sip:f"));

        Assert.Equal((ElementState.Full, 2u), StateOf(notifications.Next(new("sip:f") { IsStatic = true })));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whoever_merges_the_notifications_knows_what_the_focus_knows(ulong seed)
    {
        var random = new SeededRandomSource(seed);
        var notifications = new ConferenceNotifications();
        var roster = new ConferenceRoster();
        for (var step = 0; step < 300; step++)
        {
            var conference = RandomConference(random);
            var document = random.Next(10) == 0 ? notifications.Full(conference) : notifications.Next(conference);
            if (document is not null)
            {
                Assert.True(ConferenceInfo.TryRead(document.ToBytes(), out var read, out _));
                Assert.IsType<ConferenceMergeResult.Applied>(roster.Merge(read));
            }

            Assert.Equal(Normal(conference), Normal(roster.Current!));
        }
    }

    private static ConferenceInfo RandomConference(SeededRandomSource random) => new("sip:f")
    {
        Description = new() { Subject = Pick(random, "Plans", "More plans"), ServerMode = random.Next(2) == 0 ? 14u : null },
        ConferenceState = new() { UserCount = (uint)random.Next(3) },
        Users = new() { Users = ValueList.From(Enumerable.Range(0, 6).Where(_ => random.Next(2) == 0).Select(i => RandomUser(i, random)).ToList()) },
        View = new()
        {
            Entities = ValueList.From(Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0)
                .Select(i => new ConferenceEntityView($"sip:e{i}") { EntityState = new() { Locked = random.Next(2) == 0 } }).ToList()),
        },
    };

    private static ConferenceUser RandomUser(int number, SeededRandomSource random) => new($"sip:u{number}@x")
    {
        DisplayText = Pick(random, "A", "B"),
        Roles = [Pick(random, "presenter", "attendee")],
        Endpoints = ValueList.From(Enumerable.Range(0, random.Next(3))
            .Select(i => new ConferenceEndpoint($"{{{i}}}") { Status = Pick(random, "connected", "on-hold"), Media = [new("1") { Type = "audio" }] }).ToList()),
    };

    private static string Pick(SeededRandomSource random, string one, string other) => random.Next(2) == 0 ? one : other;

    // The order of users and parts says nothing.
    private static ConferenceInfo Normal(ConferenceInfo info) => info with
    {
        Version = null,
        Users = info.Users! with { Users = ValueList.From(info.Users.Users.OrderBy(user => user.Entity, StringComparer.Ordinal)) },
        View = info.View! with { Entities = ValueList.From(info.View.Entities.OrderBy(view => view.Entity, StringComparer.Ordinal)) },
    };

    private static (ElementState State, uint? Version) StateOf(ConferenceInfo? info) => (info!.State, info.Version);
}
