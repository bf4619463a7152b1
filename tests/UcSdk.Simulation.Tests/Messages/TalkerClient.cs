using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>One client of somebody, which stays signed in by itself and writes down what it shows and what it is told of its messages.</summary>
internal sealed class TalkerClient : IObserver<InstantMessage>, IObserver<MessageDelivery>, IObserver<CollectionChange<Participant>>
{
    private readonly MessageWorld _world;
    private readonly string _user;
    private readonly HashSet<Conversation> _watched = [];

    /// <param name="world">Where it is.</param>
    /// <param name="user">Whose it is, <c>sip:user@domain</c>.</param>
    /// <param name="host">Its machine.</param>
    public TalkerClient(MessageWorld world, string user, string host)
    {
        (_world, _user, Host) = (world, user, host);
        Client = new(
            new LyncClientOptions
            {
                Server = new SipTransportAddress("TCP", MessageWorld.ServerHost, 5060),
                TransportFactory = () => world.Network.CreateTransport(host),
                Reconnect = new() { BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(8) },
                // Short enough that sessions end and are made anew all day long.
                InstantMessageIdleTime = TimeSpan.FromSeconds(45),
                TimeProvider = world.Scheduler.Time,
            },
            new LoopRuntime(world.Scheduler, world.Random.Fork()),
            ClientSeams.None);
        Manager.Messages.Subscribe(this);
    }

    public string Host { get; }

    public LyncClient Client { get; }

    public ConversationManager Manager => Client.ConversationManager;

    /// <summary>Whether a fault of its host hits a connection now.</summary>
    public bool IsConnected => Client.Counts.Sip is { Flows: > 0 };

    /// <summary>Signs in, and tries again as a patient user does; then the client sees to it.</summary>
    public async Task SignInAsync()
    {
        while (true)
        {
            try
            {
                await Client.SignInAsync(_user);
                return;
            }
            catch (RegisterException failure)
            {
                _world.Tally.Count("sign in", failure.Stage.ToString());
                await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(2));
            }
        }
    }

    /// <summary>Writes down what becomes of what is said in it, and who types.</summary>
    public void Watch(Conversation conversation)
    {
        if (_watched.Add(conversation))
        {
            conversation.InstantMessageModality.Deliveries.Subscribe(this);
            conversation.InstantMessageModality.TypingParticipants.Changes.Subscribe(this);
        }
    }

    /// <summary>Ends all that it has open.</summary>
    public Task EndAsync() => Task.WhenAll(Manager.Conversations.Select(conversation => conversation.EndAsync()));

    void IObserver<InstantMessage>.OnNext(InstantMessage value)
    {
        if (value.Direction == InstantMessageDirection.Incoming)
        {
            _world.History.Shown.Add(new(value.Text, value.Sender.Uri, _user, Host, _world.Now));
        }
    }

    void IObserver<MessageDelivery>.OnNext(MessageDelivery value) => _world.History.Settle(value.Message.Text, value.Recipients, _world.Now);

    void IObserver<CollectionChange<Participant>>.OnNext(CollectionChange<Participant> value)
    {
        if (value is { Kind: CollectionChangeKind.Added, Item: { } typist })
        {
            _world.Tally.Count("typing", "seen");
            if (!_world.People.Exists(person => person.Uri == typist.Uri && person.Uri != _user && person.Talk == _world.People.Find(own => own.Uri == _user)!.Talk))
            {
                _world.History.Offences.Add($"{Host} sees {typist.Uri} type");
            }
        }
    }

    public void OnError(Exception error) => _world.History.Offences.Add($"{Host} is told no more: {error.Message}");

    public void OnCompleted()
    {
    }

    /// <summary>Where it believes to be, for messages of failure.</summary>
    public override string ToString() => $"{Host} has {string.Join(", ", Manager.Conversations.Select(Describe))}";

    private static string Describe(Conversation conversation) =>
        $"{conversation.Id} {conversation.State}, {conversation.ConferenceSession?.State.ToString() ?? "between two"}, messages {conversation.InstantMessageModality.State}, with "
        + string.Join(' ', conversation.Participants.Select(participant => $"{participant.Uri} ({participant.Modalities.InstantMessage})"));
}
