namespace UcSdk.Simulation.Tests;

/// <content>How it makes conferences, comes into them, and comes back.</content>
internal sealed partial class Talker
{
    private async Task<Conversation?> JoinAsync(string uri)
    {
        var conversation = await Manager.AddConversationAsync(uri);
        Desk.Watch(conversation);
        if (conversation.ConferenceSession is not { State: ConferenceSessionState.Idle })
        {
            return conversation.ConferenceSession is { State: ConferenceSessionState.Connected } ? await ComeBackAsync(conversation) : null;
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

    // Who has left only the messages takes part in them again.
    private static async Task<Conversation> ComeBackAsync(Conversation conversation)
    {
        if (conversation.InstantMessageModality is { State: ModalityState.Disconnected } messages && messages.CanInvoke(ModalityAction.Connect))
        {
            await messages.ConnectAsync();
        }

        return conversation;
    }

    private async Task MeetAsync()
    {
        var conversation = await Manager.MeetNowAsync();
        Desk.Watch(conversation);
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
            var adding = TryAsync("added", async () =>
            {
                await conversation.AddParticipantAsync(other.Uri);
                return "a participant";
            });
            // Messages fly meanwhile.
            for (var count = _random.Next(4); count > 0; count--)
            {
                await _world.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(_random.Next(400)));
                Sending.Add(SayAsync(conversation));
                Sending.Add(Talk.Members[1].InterjectAsync());
            }

            await adding;
            if (Talk.ConferenceUri is null && conversation.ConferenceSession is { State: ConferenceSessionState.Connected } session)
            {
                _world.Tally.Count("conferences", "grown out of two");
                Talk.ConferenceUri = session.ConferenceUri;
            }
        }
    }

    private async Task FollowAsync(ConferenceInvitation invitation, CancellationToken cancellationToken)
    {
        Desk.Watch(invitation.Conversation);
        await invitation.AcceptAsync(cancellationToken);
        await TryAsync("followed", async () =>
        {
            await invitation.Conversation.JoinAsync(new JoinOptions { Audio = false, InstantMessages = true }, null, CancellationToken.None);
            return "into a conference";
        });
    }
}
