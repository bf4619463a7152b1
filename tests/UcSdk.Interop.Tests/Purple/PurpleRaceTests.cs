namespace UcSdk.Interop.Tests;

/// <summary>SIPE and others write to each other at the same moment, from several places, and what was said is kept.</summary>
public sealed class PurpleRaceTests(PurpleProgram program)
{
    [Fact]
    public async Task Sipe_and_a_client_of_ours_that_invite_each_other_at_once_both_are_heard_once()
    {
        await using var house = await PurpleHouse.OpenAsync(program, minutes: 3);
        var alice = await house.SignInAsync("alice");
        var bob = await house.SignInOursAsync("bob");

        await Task.WhenAll(alice.SayAsync("bob", "from alice", house.Token), bob.SayAsync("alice", "from bob"));
        await bob.HearAsync("alice", "from alice");
        Assert.Equal("from bob", await alice.HearAsync(house.Token));

        // Where the two INVITEs really cross, SIPE drops its own session, puts the tag of its answer into ours, and gets 481 for what it says there. She is told, and begins anew.
        await alice.SayAsync("bob", "Once more", house.Token);
        using var told = CancellationTokenSource.CreateLinkedTokenSource(house.Token);
        var refused = alice.Host.WaitForAsync("conversation-notice", static said => said.GetProperty("text").GetString()!.Contains("Once more", StringComparison.Ordinal), told.Token);
        await bob.UntilAsync(() => refused.IsCompleted || bob.Shown.Contains("alice: Once more"), "she is heard, or told that she is not");
        if (refused.IsCompleted)
        {
            await alice.SayAsync("bob", "Once more", house.Token);
            await bob.HearAsync("alice", "Once more");
        }
        else
        {
            await told.CancelAsync();
            await Assert.ThrowsAsync<TimeoutException>(() => refused);
        }

        await bob.SayAsync("alice", "With pleasure");
        Assert.Equal("With pleasure", await alice.HearAsync(house.Token));
        Assert.Equal(["alice: Once more", "alice: from alice", "bob: With pleasure", "bob: from bob"], bob.Shown.Order(StringComparer.Ordinal));
        await house.CloseAsync(6, alice);
    }

    [Fact]
    public async Task Two_of_sipe_that_invite_each_other_at_once_both_are_heard_once()
    {
        await using var house = await PurpleHouse.OpenAsync(program, minutes: 3);
        var alice = await house.SignInAsync("alice");
        var bob = await house.SignInAsync("bob");

        await Task.WhenAll(alice.SayAsync("bob", "from alice", house.Token), bob.SayAsync("alice", "from bob", house.Token));
        Assert.Equal(("from bob", "from alice"), (await alice.HearAsync(house.Token), await bob.HearAsync(house.Token)));

        await alice.SayAsync("bob", "Once more", house.Token);
        Assert.Equal("Once more", await bob.HearAsync(house.Token));
        await bob.SayAsync("alice", "With pleasure", house.Token);
        Assert.Equal("With pleasure", await alice.HearAsync(house.Token));
        await house.CloseAsync(6, alice, bob);
    }

    [Fact]
    public async Task Of_two_places_of_hers_one_talks_with_a_client_of_ours_after_ten_seconds()
    {
        await using var house = await PurpleHouse.OpenAsync(program, minutes: 3);
        var desk = await house.SignInAsync("alice", "desk");
        var home = await house.SignInAsync("alice", "home");
        var bob = await house.SignInOursAsync("bob");

        // SIPE that knows of another place of its user waits ten seconds before it answers.
        await bob.SayAsync("alice", "Where are you?");
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(house.Token);
        var (atDesk, atHome) = (desk.HearAsync(waiting.Token), home.HearAsync(waiting.Token));
        var first = await Task.WhenAny(atDesk, atHome);
        Assert.Equal("Where are you?", await first);
        var (heard, other) = first == atDesk ? (desk, atHome) : (home, atDesk);

        await heard.SayAsync("bob", "Here", house.Token);
        await bob.HearAsync("alice", "Here");
        await bob.SayAsync("alice", "Stay");
        Assert.Equal("Stay", await heard.HearAsync(house.Token));
        await house.CloseAsync(4, desk, home);
        await waiting.CancelAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => other);
    }

    [Fact]
    public async Task What_was_said_with_sipe_in_its_formats_is_shown_and_kept()
    {
        using var directory = new TempDirectory();
        await using var history = new JsonLinesHistory(directory["bob.jsonl"]);
        await using var house = await PurpleHouse.OpenAsync(program);
        var alice = await house.SignInAsync("alice");
        var bob = await house.SignInOursAsync("bob", history);

        await alice.SayAsync("bob", "Down the <b>rabbit-hole</b>? <a href=\"http://contoso.test/\">Here</a> &lt;3", house.Token);
        await bob.UntilAsync(() => bob.Shown.Length == 1, "Alice is heard");
        var conversation = bob.Conversation;
        var delivery = await bob.Messages.SendMessageAsync(new InstantMessageContent("Curiouser & curiouser", html: "<b>Curiouser</b> &amp; <i>curiouser</i>"), house.Token);
        Assert.True(delivery.IsDelivered, $"{delivery}");
        var heard = await alice.Host.WaitForAsync("received-im", static _ => true, house.Token);
        Assert.Equal("Curiouser & curiouser", heard.GetProperty("text").GetString());
        await house.CloseAsync(6, alice);

        var kept = await history.QueryAsync(new HistoryQuery { Person = PurpleSipe.UriOf("alice") }, house.Token);
        Assert.Equal([InstantMessageDirection.Incoming, InstantMessageDirection.Outgoing], kept.Select(message => message.Direction));
        Assert.Equal(("sip:alice@contoso.test", "Down the rabbit-hole? http://contoso.test/ <3"), (kept[0].Sender, kept[0].Text));
        Assert.Equal(("<b>Curiouser</b> &amp; <i>curiouser</i>", DeliveryOutcome.Delivered), (kept[1].Html, Assert.Single(kept[1].Results).Outcome));
        Assert.All(kept, message => Assert.Equal(conversation.Id, message.ConversationId));
    }
}
