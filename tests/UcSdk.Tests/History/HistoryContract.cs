namespace UcSdk.Tests;

/// <summary>What every history does. The messages are said by alice to bob in conversation a, and by bob to carol and dave in conversation b, a minute apart.</summary>
internal static class HistoryContract
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(2));

    public static HistoryMessage First { get; } = new("1", "a", "sip:alice@x", Start)
    {
        SenderName = "Alice \"A\" \u0416",
        Recipients = ["sip:bob@x"],
        Text = "Hi,\r\n\"bob\" \U0001F600 \u0001",
        Html = "<b>Hi</b>",
        Subject = "Lunch",
    };

    public static HistoryMessage Second { get; } = new("2", "b", "sip:bob@x", Start.AddMinutes(1))
    {
        Direction = InstantMessageDirection.Outgoing,
        Recipients = ["sip:Carol@X", "sip:dave@x"],
        Text = "two",
        ConferenceUri = "sip:alice@x;gruu;opaque=app:conf:focus:id:1",
    };

    public static HistoryMessage Settled { get; } = Second with
    {
        Results = [new("sip:Carol@X", DeliveryOutcome.Delivered, 200, "OK"), new("sip:dave@x", DeliveryOutcome.Failed, 480, "Temporarily Unavailable")],
    };

    public static HistoryMessage Third { get; } = new("3", "a", "sip:bob@x", Start.AddMinutes(2)) { Direction = InstantMessageDirection.Outgoing, Recipients = ["sip:alice@x"], Text = "three" };

    public static async Task HoldsAsync(Func<IConversationHistory> open)
    {
        var token = TestContext.Current.CancellationToken;
        var history = open();
        Assert.Empty(await history.QueryAsync(new(), token));
        await history.AppendAsync([First, Second], token);
        await history.AppendAsync([Third], token);
        await history.AppendAsync([Settled], token);
        await QueriesHoldAsync(history);
        await ((IAsyncDisposable)history).DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => history.AppendAsync([First], token));

        history = open();
        await QueriesHoldAsync(history);
        await ((IAsyncDisposable)history).DisposeAsync();
    }

    /// <summary>What nobody should write comes back as it was written, and finds nothing that it should not.</summary>
    public static async Task HoldsWhatIsHostileAsync(Func<IConversationHistory> open)
    {
        string[] texts = ["'; DROP TABLE message; --", "a\0b\u001b[2J", "\u202Egnp.exe\u2028\u2029", "<script>alert(1)</script>", "{\"id\":\"2\"}\n{\"id\":\"3\"}", "% _ *", new string('\u0416', 65_536), "\uFFFD\uFFFF", ""];
        var written = texts.Select((text, number) => new HistoryMessage($"h{number}'\0\n", text, $"sip:{number}'%@x", Start.AddSeconds(number)) { Text = text, Html = text.Length == 0 ? null : text, Subject = text, Recipients = [text] }).ToArray();
        var history = open();
        await history.AppendAsync(written, TestContext.Current.CancellationToken);
        await ((IAsyncDisposable)history).DisposeAsync();

        history = open();
        await FindsAsync(history, new(), written);
        foreach (var message in written)
        {
            await FindsAsync(history, new() { ConversationId = message.ConversationId }, message);
            await FindsAsync(history, new() { Person = message.Sender }, message);
        }

        await FindsAsync(history, new() { Person = "sip:%@x" });
        await ((IAsyncDisposable)history).DisposeAsync();
    }

    private static async Task QueriesHoldAsync(IConversationHistory history)
    {
        await FindsAsync(history, new(), First, Settled, Third);
        await FindsAsync(history, new() { ConversationId = "a" }, First, Third);
        await FindsAsync(history, new() { ConversationId = "c" });
        await FindsAsync(history, new() { Person = "sip:bob@x" }, First, Settled, Third);
        await FindsAsync(history, new() { Person = "SIP:carol@x" }, Settled);
        await FindsAsync(history, new() { Person = "sip:alice@x", ConversationId = "b" });
        await FindsAsync(history, new() { From = Start.AddMinutes(1) }, Settled, Third);
        await FindsAsync(history, new() { Until = Start.AddMinutes(1) }, First);
        await FindsAsync(history, new() { From = Start.AddTicks(1), Until = Start.AddMinutes(2).AddTicks(1) }, Settled, Third);
        await FindsAsync(history, new() { MaxCount = 2 }, Settled, Third);
        await FindsAsync(history, new() { MaxCount = 1 }, Third);
    }

    private static async Task FindsAsync(IConversationHistory history, HistoryQuery query, params HistoryMessage[] expected)
    {
        var found = await history.QueryAsync(query, TestContext.Current.CancellationToken);
        Assert.Equal(expected.Select(message => message.Id), found.Select(message => message.Id));
        Assert.Equal(expected, found);
    }
}
