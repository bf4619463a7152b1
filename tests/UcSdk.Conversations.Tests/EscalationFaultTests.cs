using System.Globalization;

namespace UcSdk.Conversations.Tests;

/// <summary>
/// Alice makes her conversation with bob a conference while both write, and something happens at every moment of it: what is said is shown at most once, has one result that is true, and
/// the two can talk on.
/// </summary>
public sealed class EscalationFaultTests
{
    // One hop takes 10 ms; the whole way, some twenty of them.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(27);
    private const int Moments = 12;

    [Theory]
    [InlineData("nothing")]
    [InlineData("alice gives up")]
    [InlineData("alice is cut off")]
    [InlineData("bob is cut off")]
    [InlineData("alice ends the meeting")]
    [InlineData("bob wants it too")]
    [InlineData("bob leaves")]
    [InlineData("bob ends the messages")]
    public void Whatever_happens_on_the_way_nothing_said_is_lost_in_silence(string fault)
    {
        for (var moment = 0; moment < Moments; moment++)
        {
            var at = moment;
            World.Tell(world => TellAsync(world, fault, at, audio: at % 2 == 1));
        }
    }

    private static async Task TellAsync(World world, string fault, int moment, bool audio)
    {
        var (alice, bob) = (new Writer(await world.SignInAsync("alice")), new Writer(await world.SignInAsync("bob")));
        await world.SignInAsync("carol");
        var conversation = await alice.Person.Client.ConversationManager.BeginConversationAsync(bob.Person.Address);
        alice.Say(world, conversation);
        await world.UntilAsync(() => bob.Current is { State: ConversationState.Active }, "bob has accepted");
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(world, alice, bob);
        var making = world.Begin(audio ? conversation.AVModality.ConnectAsync(stop.Token) : conversation.AddParticipantAsync("sip:carol@" + World.Domain, stop.Token));
        await world.DelayAsync(moment * Step);

        switch (fault)
        {
            case "alice gives up":
                stop.Cancel();
                break;
            case "alice is cut off":
                world.Network.CutHost("alice");
                break;
            case "bob is cut off":
                world.Network.CutHost("bob");
                break;
            case "alice ends the meeting" when conversation.ConferenceSession is { State: ConferenceSessionState.Connected } session:
                await world.Begin(session.EndMeetingAsync());
                break;
            case "bob wants it too" when bob.Current!.CanInvoke(ConversationAction.AddParticipant):
                _ = world.Begin(bob.Current.AddParticipantAsync("sip:carol@" + World.Domain));
                break;
            case "bob ends the messages":
                await bob.Current!.InstantMessageModality.DisconnectAsync();
                break;
            case "bob leaves":
                await bob.Current!.EndAsync();
                break;
        }

        await writing;
        await making;
        await world.DelayAsync(TimeSpan.FromMinutes(3));

        alice.AssertTrue(bob, moment);
        bob.AssertTrue(alice, moment);
        var last = conversation.State == ConversationState.Terminated ? await alice.Person.Client.ConversationManager.BeginConversationAsync(bob.Person.Address) : conversation;
        if (last.ConferenceSession is null || last.Participants.Any(participant => participant.Uri == bob.Person.Address && participant.Modalities.InstantMessage == ModalityState.Connected))
        {
            var before = bob.Shown.Count;
            var delivery = await last.InstantMessageModality.SendMessageAsync("after all");
            Assert.True(delivery.IsDelivered, $"{fault} at {moment}: {delivery}");
            Assert.Equal(before + 1, bob.Shown.Count);
        }
    }

    private static async Task WriteAsync(World world, Writer alice, Writer bob)
    {
        for (var count = 0; count < 40; count++)
        {
            alice.Say(world, alice.Current);
            bob.Say(world, bob.Current);
            await world.DelayAsync(TimeSpan.FromMilliseconds(15));
        }
    }

    private sealed class Writer : IObserver<InstantMessage>
    {
        private readonly List<(string Text, Task<MessageDelivery> Sending, Conversation Where)> _said = [];
        private readonly List<(string Text, Conversation Where)> _seen = [];
        private int _number;

        public Writer(Person person)
        {
            Person = person;
            var manager = person.Client.ConversationManager;
            manager.Messages.Subscribe(this);
            manager.ModalityInvitationHandler = (modality, token) =>
            {
                Current = modality.Conversation;
                return modality is InstantMessageModality ? modality.AcceptAsync(token) : modality.RejectAsync(cancellationToken: token);
            };
            manager.ConferenceInvitationHandler = async (invitation, token) =>
            {
                await invitation.AcceptAsync(token);
                await invitation.Conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, null, token);
                Current = invitation.Conversation;
            };
        }

        public Person Person { get; }

        public Conversation? Current { get; private set; }

        /// <summary>What others said and was shown here.</summary>
        public List<string> Shown { get; } = [];

        public void Say(World world, Conversation? conversation)
        {
            Current = conversation;
            if (conversation is null || !conversation.InstantMessageModality.CanInvoke(ModalityAction.SendInstantMessage))
            {
                return;
            }

            var text = string.Create(CultureInfo.InvariantCulture, $"{Person.Name} {++_number}");
            var sending = conversation.InstantMessageModality.SendMessageAsync(text);
            _ = world.Begin(sending);
            _said.Add((text, sending, conversation));
        }

        public void AssertTrue(Writer other, int moment)
        {
            Assert.NotEmpty(_said);
            foreach (var (text, sending, _) in _said)
            {
                var shown = other.Shown.Count(line => line == text);
                if (sending.Exception?.InnerException is InvalidStateException)
                {
                    // The modality was being disconnected when the client came to it.
                    Assert.Equal(0, shown);
                    continue;
                }

                Assert.True(sending.IsCompletedSuccessfully, $"at {moment}: what became of '{text}' is not known: {sending.Status}");
                var results = sending.Result.Recipients.Where(recipient => recipient.Uri == other.Person.Address).ToArray();
                Assert.True(shown <= 1, $"at {moment}: '{text}' is shown {shown} times");
                Assert.True(results.Length <= 1, $"at {moment}: '{text}' has {results.Length} results");
                var isTrue = results switch
                {
                    // In a conference the results are of those whom the roster shows in the chat, and it comes a little later than they do.
                    [] => true,
                    [{ Outcome: DeliveryOutcome.Delivered }] => shown == 1,
                    [{ Outcome: DeliveryOutcome.Failed }] => shown == 0,
                    _ => true,
                };
                Assert.True(isTrue, $"at {moment}: '{text}' is {sending.Result} and was shown {shown} times");
            }

            // What is said in one conversation and shown in one is in order; who ends the session may be invited to another.
            foreach (var (said, shown) in _said.GroupBy(line => line.Where).SelectMany(said => other._seen.GroupBy(line => line.Where).Select(shown => (said, shown))))
            {
                var order = said.Select(line => line.Text).ToList();
                var seen = shown.Select(line => order.IndexOf(line.Text)).Where(place => place >= 0).ToArray();
                Assert.True(seen.SequenceEqual(seen.Order()), $"at {moment}: {string.Join(", ", shown.Select(line => line.Text))}");
            }
        }

        public void OnNext(InstantMessage value)
        {
            if (value.Direction == InstantMessageDirection.Incoming)
            {
                Shown.Add(value.Text);
                _seen.Add((value.Text, value.Conversation));
            }
        }

        public void OnError(Exception error) => throw error;

        public void OnCompleted()
        {
        }
    }
}
