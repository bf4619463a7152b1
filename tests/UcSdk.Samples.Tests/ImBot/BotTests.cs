using System.Globalization;
using ImBot;

namespace UcSdk.Samples.Tests;

/// <summary>The sample ImBot at a server in memory: what people say to it, and what it says.</summary>
public sealed class BotTests
{
    private const string NotThere = "They are not there. I will tell them.";

    [Fact]
    public void It_answers_commands() => BotWorld.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        var now = world.Time.GetLocalNow().ToString("dddd, d MMMM yyyy, HH:", CultureInfo.InvariantCulture);

        Assert.StartsWith("help: this\n", await alice.AskAsync("help"), StringComparison.Ordinal);
        Assert.StartsWith(now, await alice.AskAsync(" TIME\t"), StringComparison.Ordinal);
        Assert.Equal("alice@contoso.test\nbot@contoso.test", await alice.AskAsync("who"));
        foreach (var other in new[] { "sing", "help me", "tell", "tell sip:bob@contoso.test", " " })
        {
            Assert.Equal("I did not understand. I answer to: help", await alice.AskAsync(other));
        }

        foreach (var nobody in new[] { "tel:1", "sip:bot@contoso.test", "@" })
        {
            Assert.Equal($"{nobody} is nobody whom I could tell anything.", await alice.AskAsync($"tell {nobody} hello"));
        }
    });

    [Fact]
    public void Two_bots_do_not_talk_for_ever() => BotWorld.Tell(async world =>
    {
        var (alice, other) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        _ = new Bot(other.Client, world.Time, _ => { });

        Assert.Equal("Done.", await alice.AskAsync("tell sip:bob@contoso.test hello"));
        await world.DelayAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["alice@contoso.test says: hello"], other.Heard);
    });

    [Fact]
    public void Each_answer_goes_to_who_asked() => BotWorld.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));

        var answers = await Task.WhenAll(alice.AskAsync("who"), bob.AskAsync("who"));

        Assert.Equal(["alice@contoso.test\nbot@contoso.test", "bob@contoso.test\nbot@contoso.test"], answers);
    });

    [Fact]
    public void It_says_what_it_is_told_to_say() => BotWorld.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));

        Assert.Equal("Done.", await alice.AskAsync("tell bob@contoso.test  lunch  is ready"));
        Assert.Equal(["alice@contoso.test says: lunch  is ready"], bob.Heard);

        // In the conversation that is there.
        Assert.Equal("Done.", await alice.AskAsync("tell sip:BOB@contoso.test it gets cold"));
        Assert.Equal(2, bob.Heard.Count);
        Assert.Single(bob.Client.ConversationManager.Conversations);
    });

    [Fact]
    public void It_takes_messages_for_somebody_who_is_not_there_and_hands_them_over_when_they_come() => BotWorld.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        Assert.Equal(NotThere, await alice.AskAsync("tell sip:bob@contoso.test lunch is ready"));
        Assert.Equal(NotThere, await alice.AskAsync("tell sip:bob@contoso.test it gets cold"));
        Assert.Contains(world.Log, line => line.StartsWith("not delivered: ", StringComparison.Ordinal));

        var bob = await world.SignInAsync("bob");
        await world.UntilAsync(() => bob.Heard.Count == 2, "bob is told");
        await world.DelayAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["alice@contoso.test says: lunch is ready", "alice@contoso.test says: it gets cold"], bob.Heard);
    });

    [Fact]
    public void Who_comes_unseen_is_told_when_they_write() => BotWorld.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        Assert.Equal(NotThere, await alice.AskAsync("tell sip:bob@contoso.test lunch is ready"));

        var bob = await world.SignInAsync("bob");
        await world.DelayAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(bob.Heard);
        await bob.SayAsync("help");

        await world.UntilAsync(() => bob.Heard.Count == 2, "bob is told, and answered");
        Assert.Equal("alice@contoso.test says: lunch is ready", bob.Heard[0]);
    }, hasPresence: false);

    [Fact]
    public void It_takes_no_more_than_there_is_room_for() => BotWorld.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        for (var number = 0; number < Mailbox.MaxMessages; number++)
        {
            Assert.Equal(NotThere, await alice.AskAsync($"tell sip:bob@contoso.test {number}"));
        }

        Assert.Equal("Too much waits already.", await alice.AskAsync("tell sip:bob@contoso.test one more"));
        Assert.Equal(NotThere, await alice.AskAsync("tell sip:carol@contoso.test you still fit"));
    });

    [Fact]
    public void It_comes_to_a_conference_greets_those_who_come_after_it_and_leaves_when_it_is_alone() => BotWorld.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        var meeting = await alice.MeetAsync();
        await meeting.InviteAsync(world.Address);
        await alice.HearsAsync("Hello, everybody. I answer to: help");

        await bob.JoinAsync(meeting.ConferenceSession!.ConferenceUri);
        await alice.HearsAsync("Welcome, Bob. I answer to: help");
        Assert.Equal("Alice\nBob\nBot", await alice.AskAsync("who"));
        var heard = alice.Heard.Count;
        await alice.SayAsync("just talking");
        await world.DelayAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(heard, alice.Heard.Count);

        await alice.LeaveAsync();
        await bob.LeaveAsync();
        await world.UntilAsync(() => world.Client.ConversationManager.Conversations.Count == 0, "the bot leaves");
    });

    [Fact]
    public void A_conversation_that_grows_into_a_conference_is_answered_once() => BotWorld.Tell(async world =>
    {
        var (alice, bob) = (await world.SignInAsync("alice"), await world.SignInAsync("bob"));
        Assert.Equal("alice@contoso.test\nbot@contoso.test", await alice.AskAsync("who"));
        await alice.Conversation!.AddParticipantAsync("sip:bob@contoso.test");
        await alice.HearsAsync("Welcome, Bob. I answer to: help");
        var heard = alice.Heard.Count;

        Assert.Equal("Alice\nBob\nBot", await alice.AskAsync("who"));
        await world.DelayAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(heard + 1, alice.Heard.Count);
        Assert.Equal("Alice\nBob\nBot", bob.Heard[^1]);
    });

    [Fact]
    public void A_conference_that_cannot_be_joined_is_told_of_and_left() => BotWorld.Tell(async world =>
    {
        var alice = await world.SignInAsync("alice");
        var meeting = await alice.MeetAsync();
        await meeting.CreateInvitation(world.Address).DeliverAsync();
        await world.CutAtAsync("bot → server INVITE focus (application/cccp+xml)");
        await world.UntilAsync(() => world.Log.Any(line => line.StartsWith("could not join: ", StringComparison.Ordinal)), "it is told of");
        await world.Client.WaitForStateAsync(ClientState.SignedIn);

        Assert.StartsWith("help: this\n", await (await world.SignInAsync("bob")).AskAsync("help"), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Client.ConversationManager.Conversations, conversation => conversation.ConferenceSession is not null);
    });

    [Fact]
    public void No_more_messages_wait_for_a_person_than_the_limit_allows()
    {
        var mailbox = new Mailbox();
        for (var number = 0; number < Mailbox.MaxMessages; number++)
        {
            Assert.True(mailbox.TryAdd("sip:bob@x", $"{number}"));
        }

        Assert.False(mailbox.TryAdd("SIP:bob@x", "one more"));
        Assert.Equal(Mailbox.MaxMessages, mailbox.Take("sip:BOB@x").Count);
        Assert.Empty(mailbox.Take("sip:bob@x"));
    }

    [Fact]
    public void No_more_people_have_messages_waiting_than_the_limit_allows()
    {
        var mailbox = new Mailbox();
        for (var number = 0; number < Mailbox.MaxPeople; number++)
        {
            Assert.True(mailbox.TryAdd($"sip:{number}@x", "hello"));
        }

        Assert.False(mailbox.TryAdd("sip:bob@x", "hello"));
        Assert.True(mailbox.TryAdd("sip:1@x", "again"));
        mailbox.Take("sip:0@x");
        Assert.True(mailbox.TryAdd("sip:bob@x", "hello"));
    }
}
