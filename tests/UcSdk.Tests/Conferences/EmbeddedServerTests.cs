using System.Net;
using UcSdk.Core;
using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>The client with the embedded server, whole and in virtual time: that both understand each other, beyond the scripted texts.</summary>
public sealed class EmbeddedServerTests : IDisposable
{
    private readonly SimulationScheduler _simulation = new();
    private readonly SeededRandomSource _random = new(7);
    private readonly MemoryNetwork _network;
    private readonly MemoryMediaNetwork _media;
    private readonly UcServer _server;
    private readonly List<LyncClient> _clients = [];

    public EmbeddedServerTests()
    {
        _network = new(new MemoryNetworkOptions { Seed = 1, Delay = TimeSpan.FromMilliseconds(10) }, Runtime());
        _media = new(_simulation, new MemoryMediaNetworkOptions { Delay = TimeSpan.FromMilliseconds(10) });
        var options = new UcServerOptions
        {
            Users = [new("alice"), new("bob"), new("carol")],
            Listen = [new("TCP", "server", 5060)],
            Network = _network,
            MediaNetwork = _media.GetHost(IPAddress.Parse("10.0.0.1")),
            Time = _simulation.Time,
        };
        _server = new UcServer(options, Runtime(), ServerSeams.None);
    }

    public void Dispose()
    {
        _network.Dispose();
        _media.Dispose();
    }

    [Fact]
    public void Two_people_meet_hear_each_other_and_leave() => Run(async () =>
    {
        var alice = await SignInAsync("alice");
        var bob = await SignInAsync("bob");
        bob.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            await invitation.AcceptAsync(token);
            await invitation.Conversation.JoinAsync(cancellationToken: token);
        };

        var meeting = await alice.ConversationManager.MeetNowAsync(new MeetNowOptions { Subject = "Standup" });
        var heard = new Ear();
        meeting.AVModality.AudioSink = heard;
        await meeting.JoinAsync();
        var invitation = await meeting.InviteAsync(_server.AddressOf("bob"));
        await WaitAsync(() => meeting.Participants.Any(participant => !participant.IsSelf && participant.Modalities.AudioVideo == ModalityState.Connected));
        var bobs = Assert.Single(bob.ConversationManager.Conversations);
        await bobs.WaitForStateAsync(ConversationState.Active);
        bobs.AVModality.AudioSource = new ToneSource(440);
        await _simulation.DelayAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(ConferenceInvitationState.Terminated, invitation.State);
        Assert.Equal("Standup", bobs.ConferenceSession!.Subject);
        Assert.True(meeting.SelfParticipant.IsPresenter);
        Assert.True(meeting.CanInvoke(ConversationAction.RemoveParticipant));
        Assert.False(bobs.CanInvoke(ConversationAction.RemoveParticipant));
        Assert.Equal(ModalityState.Connected, meeting.SelfParticipant.Modalities.AudioVideo);
        Assert.Equal(2, bobs.Participants.Count);
        Assert.True(heard.Peak > 1000, $"alice hears bob's tone only at {heard.Peak}");

        await bobs.EndAsync();
        await WaitAsync(() => meeting.Participants.Count == 1);
        await meeting.ConferenceSession!.EndMeetingAsync();
        await meeting.WaitForStateAsync(ConversationState.Terminated);
    });

    [Fact]
    public void A_closed_meeting_lets_in_who_is_invited_and_nobody_else() => Run(async () =>
    {
        var alice = await SignInAsync("alice");
        var bob = await SignInAsync("bob");
        var carol = await SignInAsync("carol");
        bob.ConversationManager.ConferenceInvitationHandler = (invitation, token) => invitation.AcceptAsync(token);
        var meeting = await alice.ConversationManager.MeetNowAsync(new MeetNowOptions { AccessType = ConferenceAccessType.Closed });
        await meeting.JoinAsync();

        await meeting.InviteAsync(_server.AddressOf("bob"));
        await bob.ConversationManager.Conversations.Single().JoinAsync();
        var refusal = await Assert.ThrowsAsync<ConferenceFailureException>(() => carol.ConversationManager.JoinConferenceAsync(meeting.ConferenceSession!.ConferenceUri));

        Assert.Equal((ConferenceStage.Focus, 403), (refusal.Stage, refusal.StatusCode));
        Assert.Equal(ConversationState.Active, bob.ConversationManager.Conversations.Single().State);
    });

    [Fact]
    public void A_person_with_two_endpoints_answers_at_one_and_the_other_stops_ringing() => Run(async () =>
    {
        var alice = await SignInAsync("alice");
        var desk = await SignInAsync("bob");
        var phone = await SignInAsync("bob", "phone");
        var phoneChanges = new Recorder<ConferenceInvitationStateChange>();
        desk.ConversationManager.ConferenceInvitationHandler = async (invitation, token) =>
        {
            await _simulation.DelayAsync(TimeSpan.FromSeconds(3));
            await invitation.AcceptAsync(token);
        };
        phone.ConversationManager.ConferenceInvitationHandler = async (invitation, withdrawn) =>
        {
            invitation.StateChanges.Subscribe(phoneChanges);
            var end = new TaskCompletionSource();
            withdrawn.Register(() => end.SetCanceled(withdrawn));
            await end.Task;
        };
        var meeting = await alice.ConversationManager.MeetNowAsync();

        await meeting.InviteAsync(_server.AddressOf("bob"));
        await _simulation.DelayAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("Incoming → Terminating (TerminatedRemotely)", phoneChanges.Log[0]);
        Assert.Empty(phone.ConversationManager.Conversations);
        Assert.Single(desk.ConversationManager.Conversations);
    });

    [Fact]
    public void Eight_people_join_side_by_side_and_everybody_is_in_everybodys_roster() => Run(async () =>
    {
        var names = Enumerable.Range(1, 8).Select(number => $"guest{number}").ToArray();
        foreach (var name in names)
        {
            await _server.AddUserAsync(new(name));
        }

        var people = await Task.WhenAll(names.Select(name => SignInAsync(name)));
        var meeting = await people[0].ConversationManager.MeetNowAsync();
        var conversations = await Task.WhenAll(people.Select(person => person.ConversationManager.JoinConferenceAsync(meeting.ConferenceSession!.ConferenceUri)));
        await WaitAsync(() => conversations.All(conversation => conversation.Participants.Count == 8));

        Assert.All(conversations, conversation => Assert.Equal(names, conversation.Participants.Select(p => p.DisplayName).Order()));
        await Task.WhenAll(conversations.Select(conversation => conversation.EndAsync()));
        Assert.All(conversations, conversation => Assert.Equal(ConversationState.Terminated, conversation.State));
    });

    private LoopRuntime Runtime() => new(_simulation, _random.Fork());

    private void Run(Func<Task> story)
    {
        _simulation.Run(async () =>
        {
            await _server.StartAsync();
            await story();
            foreach (var client in _clients)
            {
                await client.DisposeAsync();
            }

            await _simulation.DelayAsync(TimeSpan.FromMinutes(1));
            var counts = await _server.GetCountsAsync();
            Assert.Equal((0, 0, 0, 0, 0), (counts.Bindings, counts.FocusDialogs, counts.RosterSubscriptions, counts.MediaLegs, counts.Work));
            await _server.DisposeAsync();
        });
        _simulation.Advance(TimeSpan.FromMinutes(2));
        Assert.All(_clients, client => Assert.True(client.Counts.IsEmpty, $"{client.Counts}"));
        Assert.Equal(0, _network.OpenFlows);
        Assert.Equal(0, _media.OpenPorts);
    }

    private async Task<LyncClient> SignInAsync(string name, string host = "pc")
    {
        var client = new LyncClient(
            new LyncClientOptions
            {
                Server = new("TCP", "server", 5060),
                TransportFactory = () => _network.CreateTransport($"{name}-{host}"),
                MediaNetwork = _media.GetHost(IPAddress.Parse($"10.0.1.{_clients.Count + 1}")),
                TimeProvider = _simulation.Time,
            },
            Runtime(),
            ClientSeams.None);
        _clients.Add(client);
        await client.SignInAsync(_server.AddressOf(name));
        return client;
    }

    private async Task WaitAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 500, "It did not happen within 5 s.");
            await _simulation.DelayAsync(TimeSpan.FromMilliseconds(10));
        }
    }

    private sealed class Ear : IAudioSink
    {
        public int Peak { get; private set; }

        public void Write(AudioFrame frame)
        {
            foreach (var sample in frame.Samples.Span)
            {
                Peak = Math.Max(Peak, Math.Abs((int)sample));
            }
        }
    }
}
