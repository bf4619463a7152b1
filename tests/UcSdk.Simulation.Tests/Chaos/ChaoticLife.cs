using UcSdk.Core;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// What one person does on such a day: signs in and out, makes, joins, leaves and ends meetings, invites and is invited, connects and
/// disconnects audio. Several things at once, some called off half-way.
/// </summary>
internal sealed class ChaoticLife(SimulatedWorld world, SimulatedPerson person, ChaosPlan plan, SeededRandomSource random, List<string> meetings, Tally tally)
{
    private readonly List<Task> _acts = [];
    private readonly Dictionary<long, string> _unfinished = [];
    private long _last;

    /// <summary>What has been begun and has not ended.</summary>
    public IEnumerable<string> Unfinished => _unfinished.Values;

    private LyncClient Client => person.Client;

    public async Task LiveAsync()
    {
        Client.ConversationManager.ConferenceInvitationHandler = DecideAsync;
        while (world.Now < plan.Duration)
        {
            var act = ActAsync();
            if (random.Next(3) == 0)
            {
                _acts.Add(act);
            }
            else
            {
                await act;
            }

            await PauseAsync(plan.Pause);
        }

        // What a decision still begins meanwhile is waited for too.
        for (var i = 0; i < _acts.Count; i++)
        {
            await _acts[i];
        }
    }

    /// <summary>Audio would only cost time from now on.</summary>
    public Task HangUpAsync() => AttemptAsync("hang up", async _ =>
    {
        foreach (var conversation in Client.ConversationManager.Conversations)
        {
            await conversation.AVModality.DisconnectAsync(CancellationToken.None);
        }
    });

    private Task ActAsync() => Client.State switch
    {
        ClientState.SignedOut => AttemptAsync("sign in", token => person.SignInAsync(token)),
        ClientState.SignedIn when Pick(Client.ConversationManager.Conversations) is { } conversation && random.Next(5) > 0 => ConverseAsync(conversation),
        ClientState.SignedIn => BeginAsync(),
        _ => Task.CompletedTask,
    };

    private Task BeginAsync() => random.Next(12) switch
    {
        0 => AttemptAsync("sign out", token => Client.SignOutAsync(token)),
        1 => AttemptAsync("restart", _ => person.RestartClientAsync()),
        < 6 when Pick(meetings) is { } meeting => AttemptAsync("join a known meeting", token => Client.ConversationManager.JoinConferenceAsync(meeting, Join(), null, token)),
        < 9 when Client.ConversationManager.Conversations.Count > 1 => Task.CompletedTask,
        _ => AttemptAsync("meet now", MeetAsync),
    };

    private Task ConverseAsync(Conversation conversation)
    {
        var session = conversation.ConferenceSession;
        var isConnected = session?.State == ConferenceSessionState.Connected;
        return random.Next(16) switch
        {
            < 4 when session is { State: ConferenceSessionState.Idle } => AttemptAsync("join", token => conversation.JoinAsync(Join(), null, token)),
            < 9 when conversation.CanInvoke(ConversationAction.AddParticipant) => AttemptAsync("invite", token => conversation.InviteAsync(Someone().Uri, null, token)),
            9 when isConnected => AttemptAsync("connect audio", token => conversation.AVModality.ConnectAsync(token)),
            10 when isConnected => AttemptAsync("disconnect audio", token => conversation.AVModality.DisconnectAsync(token)),
            11 or 12 => AttemptAsync("leave", token => conversation.EndAsync(token)),
            13 when isConnected && random.Next(3) == 0 => AttemptAsync("end the meeting", token => session!.EndMeetingAsync(token)),
            14 when isConnected && Pick(conversation.Participants) is { } participant => AttemptAsync("eject", token => session!.EjectAsync(participant, token)),
            _ => Task.CompletedTask,
        };
    }

    private async Task MeetAsync(CancellationToken token)
    {
        var options = new MeetNowOptions { AccessType = random.Next(4) == 0 ? ConferenceAccessType.Closed : ConferenceAccessType.Open };
        var conversation = await Client.ConversationManager.MeetNowAsync(options, token);
        meetings.Add(conversation.ConferenceSession!.ConferenceUri);
        await conversation.JoinAsync(Join(), null, token);
    }

    private async Task DecideAsync(ConferenceInvitation invitation, CancellationToken withdrawn)
    {
        await PauseAsync(TimeSpan.FromMilliseconds(random.Next(1500)));
        switch (random.Next(8))
        {
            case 0:
                await invitation.DeclineAsync(cancellationToken: withdrawn);
                tally.Count("decide", "declined");
                break;
            case 1:
                await invitation.DeclineAsync(ConferenceInvitationDeclineReason.Busy, withdrawn);
                break;
            case 2:
                // Nobody decides: 480.
                break;
            case 3:
                var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                using (withdrawn.Register(() => never.TrySetCanceled(withdrawn)))
                {
                    await never.Task;
                }

                break;
            default:
                await invitation.AcceptAsync(CancellationToken.None);
                tally.Count("decide", "accepted");
                _acts.Add(AttemptAsync("join after an invitation", token => invitation.Conversation.JoinAsync(Join(), null, token)));
                break;
        }
    }

    /// <summary>Tries something that may fail in the ways that are promised, and in no other.</summary>
    private async Task AttemptAsync(string what, Func<CancellationToken, Task> work)
    {
        var number = ++_last;
        _unfinished.Add(number, $"{person.Name} {what} ({world.Now})");
        using var giveUp = new CancellationTokenSource();
        var givingUp = random.NextDouble() < plan.Cancellations ? GiveUpAsync(giveUp) : Task.CompletedTask;
        try
        {
            await work(giveUp.Token);
            tally.Count(what, "done");
        }
        catch (Exception expected) when (expected is LyncClientException or InvalidStateException or OperationCanceledException)
        {
            // Refused, impossible by now, or called off: by the token, or because another act ended the conversation or the sign-in.
            tally.Count(what, expected.GetType().Name);
        }

        _unfinished.Remove(number);
        await givingUp;
    }

    private async Task GiveUpAsync(CancellationTokenSource giveUp)
    {
        await PauseAsync(TimeSpan.FromMilliseconds(random.Next(800)));
        giveUp.Cancel();
    }

    private JoinOptions Join() => new() { Audio = random.NextDouble() < plan.Audio };

    private SimulatedPerson Someone() => world.People[random.Next(world.People.Count)];

    private T? Pick<T>(IReadOnlyList<T> items)
        where T : class => items.Count == 0 ? null : items[random.Next(items.Count)];

    private Task PauseAsync(TimeSpan mean) => world.Scheduler.DelayAsync(2 * random.NextDouble() * mean);
}
