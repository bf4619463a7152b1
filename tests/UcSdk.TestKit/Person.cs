using UcSdk.Sip;

namespace UcSdk.TestKit;

/// <summary>Somebody at a machine with a client, a voice and an ear.</summary>
internal sealed class Person
{
    private readonly World _world;
    private readonly Dictionary<object, List<string>> _histories = [];

    public Person(World world, string name, string host)
    {
        _world = world;
        Name = name;
        Host = host;
        Voice = new(world.NextRandom());
        var media = new FaultyMediaNetwork(world.NextMediaHost(), MediaFaults);
        var options = new LyncClientOptions
        {
            Server = new SipTransportAddress("TCP", "sip." + World.Domain, 5060),
            TransportFactory = () => new FaultyTransport(world.Network.CreateTransport(host), LineFaults),
            MediaNetwork = media,
        };
        Client = new LyncClient(world.Options.Client?.Invoke(options) ?? options, world.NextRuntime(), world.Options.ClientSeams with { StartsNoServices = !world.Options.HasPresence });
        Watch(Client, Client.StateChanges);
    }

    public string Name { get; }

    /// <summary>The machine, as it is called on the wire.</summary>
    public string Host { get; }

    public string Address => $"sip:{Name}@{World.Domain}";

    public LyncClient Client { get; }

    /// <summary>What this person says in conferences.</summary>
    public CodePointVoice Voice { get; }

    /// <summary>What this person has heard.</summary>
    public RecordingEar Ear { get; } = new();

    /// <summary>What happens to SIP between this person and the server.</summary>
    public LineFaults LineFaults { get; } = new();

    /// <summary>What happens to media between this person and the server.</summary>
    public MediaFaults MediaFaults { get; } = new();

    /// <summary>The invitations that arrived, in order.</summary>
    public List<ConferenceInvitation> Invitations { get; } = [];

    /// <summary>The invitations that were sent, in order.</summary>
    public List<ConferenceInvitation> Sent { get; } = [];

    /// <summary>The conversation that this person made or was invited to last.</summary>
    public Conversation? Conversation { get; private set; }

    /// <summary>Why the last join after an invitation failed; null when it did not.</summary>
    public Exception? JoinFailure { get; private set; }

    /// <summary>All that was seen, for messages of failure.</summary>
    public IEnumerable<string> Chronicle =>
        _histories.Select(pair => $"{Host} sees {pair.Key.GetType().Name}: {string.Join("; ", pair.Value)}");

    public IReadOnlyList<string> HistoryOf(object what) => _histories[what];

    /// <summary>Makes a conference.</summary>
    public async Task<Conversation> MeetAsync(MeetNowOptions? options = null) => Watch(await Client.ConversationManager.MeetNowAsync(options));

    /// <summary>Begins a conversation in a conference that is there.</summary>
    public async Task<Conversation> OpenAsync(string conferenceUri) => Watch(await Client.ConversationManager.AddConversationAsync(conferenceUri));

    /// <summary>Joins the conference of the person's conversation.</summary>
    public Task JoinAsync(bool audio = true, CancellationToken cancellationToken = default) =>
        Conversation!.JoinAsync(new JoinOptions { Audio = audio }, null, cancellationToken);

    /// <summary>Begins a conversation in a conference that is there, and joins it.</summary>
    public async Task<Conversation> JoinAsync(string conferenceUri, bool audio = true)
    {
        var conversation = await OpenAsync(conferenceUri);
        await JoinAsync(audio);
        return conversation;
    }

    /// <summary>Makes an invitation and begins to deliver it.</summary>
    public (ConferenceInvitation Invitation, Task Delivery) Invite(Person whom, TimeSpan? ringTimeout = null, CancellationToken cancellationToken = default)
    {
        var invitation = Conversation!.CreateInvitation(whom.Address, new ConferenceInvitationOptions { RingTimeout = ringTimeout });
        Sent.Add(invitation);
        Watch(invitation, invitation.StateChanges);
        return (invitation, invitation.DeliverAsync(cancellationToken));
    }

    /// <summary>Decides on invitations from now on.</summary>
    public void AnswersWith(Func<ConferenceInvitation, CancellationToken, Task> decision) =>
        Client.ConversationManager.ConferenceInvitationHandler = (invitation, cancellationToken) =>
        {
            Invitations.Add(invitation);
            Watch(invitation, invitation.StateChanges);
            Watch(invitation.Conversation);
            return decision(invitation, cancellationToken);
        };

    /// <summary>Accepts invitations after a second of thought.</summary>
    /// <param name="joins">Whether the person then joins.</param>
    /// <param name="audio">With audio.</param>
    public void Accepts(bool joins = true, bool audio = true) => AnswersWith(async (invitation, cancellationToken) =>
    {
        await _world.DelayAsync(TimeSpan.FromSeconds(1));
        await invitation.AcceptAsync(cancellationToken);
        try
        {
            await (joins ? invitation.Conversation.JoinAsync(new JoinOptions { Audio = audio }, null, cancellationToken) : Task.CompletedTask);
        }
        catch (Exception failure) when (failure is LyncClientException or OperationCanceledException)
        {
            JoinFailure = failure;
        }
    });

    public void Declines(ConferenceInvitationDeclineReason reason = ConferenceInvitationDeclineReason.Decline) => AnswersWith(async (invitation, token) =>
    {
        await _world.DelayAsync(TimeSpan.FromSeconds(1));
        await invitation.DeclineAsync(reason, token);
    });

    /// <summary>Hears it ring and does nothing until nobody wants an answer any more.</summary>
    public void LetsItRing() => AnswersWith(async (_, cancellationToken) =>
    {
        var withdrawn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(withdrawn.SetResult);
        await withdrawn.Task;
    });

    /// <summary>Writes down what the conversation, its conference and its audio report.</summary>
    public Conversation Watch(Conversation conversation)
    {
        Conversation = conversation;
        if (!_histories.ContainsKey(conversation))
        {
            conversation.AVModality.AudioSource = Voice;
            conversation.AVModality.AudioSink = Ear;
            Watch(conversation, conversation.StateChanges);
            Watch(conversation.AVModality, conversation.AVModality.StateChanges);
            Watch(conversation.ConferenceSession!, conversation.ConferenceSession!.StateChanges);
        }

        return conversation;
    }

    private void Watch<T>(object what, IObservable<T> changes)
    {
        var lines = new List<string>();
        if (_histories.TryAdd(what, lines))
        {
            changes.Subscribe(new History<T>(lines));
        }
    }
}
