using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Somebody who writes, types without writing, leaves and comes back, also when the conversation was lost. Some have a phone beside the desk: it takes a conversation which the desk
/// does not take for some seconds, and writes nothing.
/// </summary>
internal sealed partial class Talker
{
    private readonly MessageWorld _world;
    private readonly SeededRandomSource _random;
    private int _number;

    public Talker(MessageWorld world, string name, bool hasPhone)
    {
        (_world, Name) = (world, name);
        _random = world.Random.Fork();
        Desk = new(world, Uri, name + "-pc");
        Manager.ModalityInvitationHandler = (modality, token) =>
        {
            Desk.Watch(modality.Conversation);
            return modality.AcceptAsync(token);
        };
        Manager.ConferenceInvitationHandler = FollowAsync;
        Manager.Messages.Subscribe(AnswerPlainPeople);
        Places = [Desk];
        if (hasPhone)
        {
            var phone = new TalkerClient(world, Uri, name + "-phone");
            phone.Manager.ModalityInvitationHandler = (modality, token) => AnswerLateAsync(phone, modality, token);
            Places = [Desk, phone];
        }
    }

    public string Name { get; }

    public string Uri => $"sip:{Name}@{MessageWorld.Domain}";

    /// <summary>Where it writes.</summary>
    public TalkerClient Desk { get; }

    /// <summary>All places where it can be reached.</summary>
    public IReadOnlyList<TalkerClient> Places { get; }

    public Talk Talk { get; set; } = null!;

    /// <summary>What was given to be sent, until the client tells what became of it.</summary>
    public List<Task> Sending { get; } = [];

    private ConversationManager Manager => Desk.Manager;

    private IEnumerable<Talker> Others => Talk.Members.Where(member => member != this);

    /// <summary>Writes at times drawn by chance; who began together begins at the same moment.</summary>
    public async Task WriteAsync()
    {
        for (var turn = 0; turn < _world.Plan.Turns; turn++)
        {
            var pause = 2 * _random.NextDouble() * (_world.Plan.Duration / _world.Plan.Turns);
            await _world.Scheduler.DelayAsync(turn == 0 && Talk.BeginsTogether ? TimeSpan.FromSeconds(5) : pause);
            await TryAsync("turns", async () =>
            {
                if (await EnterAsync() is not { } conversation)
                {
                    return "nowhere to write";
                }

                await TypeAsync(conversation);
                for (var count = _random.Next(4); count > 0; count--)
                {
                    Sending.Add(SayAsync(conversation));
                }

                return "written";
            });
            await TryAsync("ways", GoOutAsync);
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

    /// <summary>Says something between two, where that goes on.</summary>
    public async Task InterjectAsync()
    {
        if (FindBetweenTwo() is { InstantMessageModality.State: ModalityState.Connected } conversation)
        {
            await SayAsync(conversation);
        }
    }

    public override string ToString() => Name;

    private bool IsBetweenTwoWith(Talker other) => Talk.Members.Take(2).Contains(this) && Talk.Members.Take(2).Contains(other);

    // Whoever writes to it outside its talk gets an answer now and then.
    private void AnswerPlainPeople(InstantMessage message)
    {
        if (message.Direction == InstantMessageDirection.Incoming && !Others.Any(other => other.Uri == message.Sender.Uri) && _random.Next(2) == 0)
        {
            Desk.Watch(message.Conversation);
            Sending.Add(SayAsync(message.Conversation));
        }
    }

    // Sometimes what was begun is never sent.
    private async Task TypeAsync(Conversation conversation)
    {
        if (_random.Next(3) == 0 && conversation.InstantMessageModality.CanInvoke(ModalityAction.SetIsTyping))
        {
            await conversation.InstantMessageModality.SetComposingAsync(true);
            await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(4 * _random.NextDouble()));
        }
    }

    // Closes the window of a conference, or only its messages, until the next turn.
    private async Task<string> GoOutAsync()
    {
        if (_random.Next(6) != 0 || Talk.ConferenceUri is not { } uri || FindIn(uri) is not { } conversation)
        {
            return "stayed";
        }

        // What is on its way first gets its answer: who hangs up does not hear what became of it.
        await Task.WhenAll(Sending);
        var (isWhole, from) = (_random.Next(2) == 0, _world.Now);
        try
        {
            await (isWhole ? conversation.EndAsync() : conversation.InstantMessageModality.DisconnectAsync());
        }
        finally
        {
            _world.History.Departures.Add(new(Uri, "left", from, _world.Now));
        }

        return isWhole ? "left" : "left the messages";
    }

    // Nobody picks up a phone at once, and nobody needs it who sits at the desk.
    private async Task AnswerLateAsync(TalkerClient phone, Modality modality, CancellationToken cancellationToken)
    {
        phone.Watch(modality.Conversation);
        await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(2 + (4 * _random.NextDouble())));
        cancellationToken.ThrowIfCancellationRequested();
        await modality.AcceptAsync(cancellationToken);
        _world.Tally.Count("conversations", "taken by a phone");
    }

    private Conversation? FindBetweenTwo() => Manager.Conversations.FirstOrDefault(conversation =>
        conversation.ConferenceSession is null && conversation.Participants.Any(participant => Others.Any(other => other.Uri == participant.Uri)));

    private Conversation? FindIn(string uri) => Manager.Conversations.FirstOrDefault(conversation => conversation.ConferenceSession?.ConferenceUri == uri);

    private async Task<Conversation> BeginAsync(Talker other)
    {
        var conversation = await Manager.BeginConversationAsync(other.Uri);
        Desk.Watch(conversation);
        return conversation;
    }
}
