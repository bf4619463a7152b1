using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>Somebody with a client that stays signed in by itself, who writes, and comes back to the conversation when it was lost.</summary>
internal sealed class Talker : IObserver<InstantMessage>, IObserver<MessageDelivery>
{
    private readonly MessageWorld _world;
    private readonly SeededRandomSource _random;
    private readonly HashSet<Conversation> _watched = [];
    private int _number;

    public Talker(MessageWorld world, string name)
    {
        (_world, Name) = (world, name);
        _random = world.Random.Fork();
        Client = new(
            new LyncClientOptions
            {
                Server = new SipTransportAddress("TCP", MessageWorld.ServerHost, 5060),
                TransportFactory = () => world.Network.CreateTransport(Host),
                Reconnect = new() { BaseDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(8) },
                // Short enough that sessions end and are made anew all day long.
                InstantMessageIdleTime = TimeSpan.FromSeconds(45),
                TimeProvider = world.Scheduler.Time,
            },
            new LoopRuntime(world.Scheduler, world.Random.Fork()),
            ClientSeams.None);
        Client.ConversationManager.ModalityInvitationHandler = (modality, token) =>
        {
            Watch(modality.Conversation);
            return modality.AcceptAsync(token);
        };
        Client.ConversationManager.ConferenceInvitationHandler = FollowAsync;
    }

    public string Name { get; }

    public string Host => Name + "-pc";

    public string Uri => $"sip:{Name}@{MessageWorld.Domain}";

    public LyncClient Client { get; }

    public Talk Talk { get; set; } = null!;

    /// <summary>What was given to be sent, until the client tells what became of it.</summary>
    public List<Task> Sending { get; } = [];

    private ConversationManager Manager => Client.ConversationManager;

    private IEnumerable<Talker> Others => Talk.Members.Where(member => member != this);

    /// <summary>Signs in, and tries again as a patient user does; then the client sees to it.</summary>
    public async Task SignInAsync()
    {
        while (true)
        {
            try
            {
                await Client.SignInAsync(Uri);
                return;
            }
            catch (RegisterException failure)
            {
                _world.Tally.Count("sign in", failure.Stage.ToString());
                await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(2));
            }
        }
    }

    /// <summary>Writes at times drawn by chance.</summary>
    public async Task WriteAsync()
    {
        for (var turn = 0; turn < _world.Plan.Turns; turn++)
        {
            await _world.Scheduler.DelayAsync(2 * _random.NextDouble() * (_world.Plan.Duration / _world.Plan.Turns));
            await TryAsync("turns", async () =>
            {
                if (await EnterAsync() is not { } conversation)
                {
                    return "nowhere to write";
                }

                for (var count = 1 + _random.Next(3); count > 0; count--)
                {
                    Sending.Add(SayAsync(conversation));
                }

                return "written";
            });
        }
    }

    /// <summary>Does what networks and servers may let fail.</summary>
    public async Task TryAsync(string what, Func<Task<string>> act)
    {
        try
        {
            _world.Tally.Count(what, await act());
        }
        catch (Exception failure) when (failure is LyncClientException or InvalidStateException or OperationCanceledException)
        {
            _world.Tally.Count(what, failure is ConferenceFailureException conference ? $"{conference.Stage} failed ({conference.StatusCode})" : failure.GetType().Name);
        }
    }

    /// <summary>Finds the conversation, or makes or joins it; null where that is for others to do.</summary>
    public async Task<Conversation?> EnterAsync()
    {
        if (Talk.Kind == TalkKind.Pair)
        {
            return await BeginAsync(Others.Single());
        }

        if (Talk.ConferenceUri is { } uri)
        {
            return await JoinAsync(uri);
        }

        if (this == Talk.Host)
        {
            await (Talk.Kind == TalkKind.Meeting ? MeetAsync() : EscalateAsync());
        }

        return Talk.ConferenceUri is { } made ? FindIn(made) : Talk.Kind == TalkKind.Escalated ? FindBetweenTwo() : null;
    }

    /// <summary>Writes one message and waits for what becomes of it.</summary>
    public async Task<MessageDelivery?> SayAsync(Conversation conversation)
    {
        var number = ++_number;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Name}/{number}");
        var peer = Talk.Kind == TalkKind.Meeting ? null : Others.FirstOrDefault(other => conversation.Participants.Any(participant => participant.Uri == other.Uri) && IsBetweenTwoWith(other))?.Uri;
        string[] recipients = conversation.ConferenceSession is null
            ? [.. conversation.Participants.Where(participant => !participant.IsSelf).Select(participant => participant.Uri)]
            : [.. conversation.Participants.Where(participant => !participant.IsSelf && participant.Modalities.InstantMessage == ModalityState.Connected).Select(participant => participant.Uri)];
        var said = new SaidMessage(text, Uri, number, recipients, peer, _world.Now);
        _world.History.Say(said);
        try
        {
            return await conversation.InstantMessageModality.SendMessageAsync(text);
        }
        catch (InvalidStateException)
        {
            said.IsRefused = true;
            _world.Tally.Count("messages", "refused by the client");
            return null;
        }
    }

    /// <summary>Ends all that it has open.</summary>
    public Task EndAsync() => Task.WhenAll(Manager.Conversations.Select(conversation => conversation.EndAsync()));

    void IObserver<InstantMessage>.OnNext(InstantMessage value)
    {
        if (value.Direction == InstantMessageDirection.Incoming)
        {
            _world.History.Shown.Add(new(value.Text, value.Sender.Uri, Uri, _world.Now));
        }
    }

    void IObserver<MessageDelivery>.OnNext(MessageDelivery value) => _world.History.Settle(value.Message.Text, value.Recipients, _world.Now);

    public void OnError(Exception error) => _world.History.Offences.Add($"{Name} is told no more: {error.Message}");

    public void OnCompleted()
    {
    }

    /// <summary>Where it believes to be, for messages of failure.</summary>
    public string Describe() => $"{Name} has {string.Join(", ", Manager.Conversations.Select(conversation =>
        $"{conversation.Id} {conversation.State} {conversation.ConferenceSession?.State.ToString() ?? "between two"} messages {conversation.InstantMessageModality.State} with {string.Join('+', conversation.Participants.Select(participant => $"{participant.Uri.Split('@')[0][4..]}({participant.Modalities.InstantMessage})"))} {conversation.Properties.ConferenceEscalationProgress}"))}";

    public override string ToString() => Name;

    private bool IsBetweenTwoWith(Talker other) => Talk.Members.Take(2).Contains(this) && Talk.Members.Take(2).Contains(other);

    private void Watch(Conversation conversation)
    {
        if (_watched.Add(conversation))
        {
            conversation.InstantMessageModality.Messages.Subscribe(this);
            conversation.InstantMessageModality.Deliveries.Subscribe(this);
        }
    }

    private Conversation? FindBetweenTwo() => Manager.Conversations.FirstOrDefault(conversation =>
        conversation.ConferenceSession is null && conversation.Participants.Any(participant => Others.Any(other => other.Uri == participant.Uri)));

    private Conversation? FindIn(string uri) => Manager.Conversations.FirstOrDefault(conversation => conversation.ConferenceSession?.ConferenceUri == uri);

    private async Task<Conversation> BeginAsync(Talker other)
    {
        if (FindBetweenTwo() is { } known)
        {
            return known;
        }

        var conversation = await Manager.AddConversationAsync();
        Watch(conversation);
        await conversation.AddParticipantAsync(other.Uri);
        return conversation;
    }

    private async Task<Conversation?> JoinAsync(string uri)
    {
        var conversation = await Manager.AddConversationAsync(uri);
        Watch(conversation);
        if (conversation.ConferenceSession is not { State: ConferenceSessionState.Idle })
        {
            return conversation.ConferenceSession is { State: ConferenceSessionState.Connected } ? conversation : null;
        }

        try
        {
            await conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true });
            _world.Tally.Count("conferences", "joined");
            return conversation;
        }
        catch (ConferenceFailureException failure) when (failure.StatusCode is >= 400 and < 500 and not 408 and not 480)
        {
            _world.Tally.Count("conferences", $"gone ({failure.StatusCode})");
            if (this == Talk.Host && Talk.ConferenceUri == uri)
            {
                Talk.ConferenceUri = null;
            }

            await conversation.EndAsync();
            return null;
        }
    }

    private async Task MeetAsync()
    {
        var conversation = await Manager.MeetNowAsync();
        Watch(conversation);
        await conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true });
        Talk.ConferenceUri = conversation.ConferenceSession!.ConferenceUri;
        _world.Tally.Count("conferences", "made");
        await Task.WhenAll(Others.Select(other => TryAsync("invitations", async () =>
        {
            await conversation.InviteAsync(other.Uri, new ConferenceInvitationOptions { Audio = false });
            return "accepted";
        })));
    }

    private async Task EscalateAsync()
    {
        var conversation = await BeginAsync(Talk.Members[1]);
        Sending.Add(SayAsync(conversation));
        if (_random.Next(2) == 0)
        {
            await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(3 * _random.NextDouble()));
        }

        foreach (var other in Talk.Members.Skip(2))
        {
            await TryAsync("added", async () =>
            {
                await conversation.AddParticipantAsync(other.Uri);
                return "a participant";
            });
            if (Talk.ConferenceUri is null && conversation.ConferenceSession is { State: ConferenceSessionState.Connected } session)
            {
                _world.Tally.Count("conferences", "grown out of two");
                Talk.ConferenceUri = session.ConferenceUri;
            }
        }
    }

    private async Task FollowAsync(ConferenceInvitation invitation, CancellationToken cancellationToken)
    {
        Watch(invitation.Conversation);
        await invitation.AcceptAsync(cancellationToken);
        await TryAsync("followed", async () =>
        {
            await invitation.Conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, null, CancellationToken.None);
            return "into a conference";
        });
    }
}
