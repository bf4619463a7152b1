using System.Text;
using System.Text.RegularExpressions;
using UcSdk.Documents;

namespace UcSdk.Conversations.Tests;

/// <summary>Carol's client is made to send what it never would, between two and into a chat: it is refused, or harmless where it is shown and kept, and everybody goes on talking.</summary>
public sealed partial class HostileMessageTests
{
    private static readonly JoinOptions ChatOnly = new() { Audio = false, InstantMessages = true };

    [Fact]
    public Task Between_two_it_is_refused_or_harmless() => TellAsync(async (world, carol, bob) =>
    {
        bob.Client.ConversationManager.ModalityInvitationHandler = (modality, token) => modality.AcceptAsync(token);
        return await carol.Client.ConversationManager.BeginConversationAsync(bob.Address);
    });

    [Fact]
    public Task In_a_chat_it_is_refused_or_harmless() => TellAsync(async (world, carol, bob) =>
    {
        bob.Client.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            await invitation.AcceptAsync(token);
            await invitation.Conversation.JoinAsync(ChatOnly, null, token);
        };
        var conversation = await carol.Client.ConversationManager.MeetNowAsync();
        await conversation.JoinAsync(ChatOnly);
        await conversation.AddParticipantAsync(bob.Address);
        await world.UntilAsync(() => conversation.Participants.Any(participant => !participant.IsSelf && participant.Modalities.InstantMessage == ModalityState.Connected), "bob is in the chat");
        return conversation;
    });

    private static async Task TellAsync(Func<World, Person, Person, Task<Conversation>> meet)
    {
        var history = new KeptMessages();
        World.Tell(
            async world =>
            {
                var (carol, bob) = (await world.SignInAsync("carol"), await world.SignInAsync("bob"));
                var shown = new List<InstantMessage>();
                bob.Client.ConversationManager.Messages.Subscribe(shown.Add);
                var carols = await meet(world, carol, bob);
                await SayAsync(carols, "Good day");
                history.Messages.Clear();
                shown.Clear();

                foreach (var (name, type, bytes) in HostileBodies.All)
                {
                    carol.LineFaults.ChangesSent = (line, message) => line.Contains(" MESSAGE ", StringComparison.Ordinal) || line.StartsWith("MESSAGE ", StringComparison.Ordinal) ? Replace(message, type, bytes) : message;
                    var before = shown.Count;
                    var delivery = await carols.InstantMessageModality.SendMessageAsync(name);
                    carol.LineFaults.ChangesSent = null;
                    await world.DelayAsync(TimeSpan.FromSeconds(1));

                    var result = Assert.Single(delivery.Recipients);
                    Assert.True(
                        shown.Count > before ? result.Outcome == DeliveryOutcome.Delivered && shown.Count == before + 1 : result.Outcome != DeliveryOutcome.Unconfirmed,
                        $"{name}: {result}, and {shown.Count - before} shown");
                    Assert.True(result.StatusCode is 200 or 400 or 413 or 415, $"{name}: {result}");
                }

                Assert.InRange(shown.Count, 10, HostileBodies.All.Count - 5);
                Assert.All(shown, message => AssertHarmless(message.Text, message.Content.Html));
                await SayAsync(carols, "Still there?");
                await SayAsync(Assert.Single(bob.Client.ConversationManager.Conversations), "Still here");
            },
            new() { Client = options => options with { History = history } });
        await KeepAsync(history.Messages);
    }

    private static async Task SayAsync(Conversation conversation, string text)
    {
        var delivery = await conversation.InstantMessageModality.SendMessageAsync(text);
        Assert.True(delivery.IsDelivered, string.Join(", ", delivery.Recipients));
    }

    // Shown as the documents say that it has to be shown.
    private static void AssertHarmless(string text, string? html)
    {
        if (html is not null && RichText.TryReadHtml(html, out var rich, out _))
        {
            var safe = rich.ToHtml();
            Assert.DoesNotMatch(ActiveContent(), safe);
        }

        // What is too long for rich text is refused by it.
        if (RichText.TryReadPlain(text, out var plain, out var error))
        {
            Assert.DoesNotMatch(ActiveContent(), plain.ToHtml());
        }
        else
        {
            Assert.True(text.Length > RichTextLimits.Default.MaxTextLength, error.ToString());
        }
    }

    // What came is kept as it came, and comes back the same.
    private static async Task KeepAsync(IReadOnlyList<HistoryMessage> messages)
    {
        var directory = Directory.CreateTempSubdirectory("ucsdk-hostile-");
        await using (var file = new JsonLinesHistory(Path.Combine(directory.FullName, "h")))
        {
            await file.AppendAsync(messages, TestContext.Current.CancellationToken);
            var kept = await file.QueryAsync(new() { MaxCount = 1000 }, TestContext.Current.CancellationToken);
            var last = messages.GroupBy(message => message.Id).Select(versions => versions.Last()).ToDictionary(message => message.Id);
            Assert.Empty(file.Damages);
            Assert.Equal(last.Count, kept.Count);
            Assert.All(kept, message => Assert.Equal(last[message.Id], message));
        }

        directory.Delete(recursive: true);
    }

    private static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> message, string type, byte[] body)
    {
        var text = Encoding.Latin1.GetString(message.Span);
        var head = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n")
            .Where(line => !line.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("l:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("c:", StringComparison.OrdinalIgnoreCase));
        return (byte[])[.. Encoding.Latin1.GetBytes($"{string.Join("\r\n", head)}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    [GeneratedRegex("<(script|img|iframe|svg|style|object)|onerror|onload|javascript:|url\\(", RegexOptions.IgnoreCase)]
    private static partial Regex ActiveContent();

    /// <summary>Keeps what the clients of the world give it.</summary>
    private sealed class KeptMessages : IConversationHistory
    {
        public List<HistoryMessage> Messages { get; } = [];

        public Task AppendAsync(IReadOnlyList<HistoryMessage> messages, CancellationToken cancellationToken)
        {
            Messages.AddRange(messages);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<HistoryMessage>> QueryAsync(HistoryQuery query, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HistoryMessage>>(Messages);
    }
}
