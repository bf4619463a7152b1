using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <content>Its conference: made, joined, and others invited to it.</content>
public sealed partial class Conversation
{
    private Attempt? _attempt;
    private Task _joining = Task.CompletedTask;

    /// <summary>Makes a conference for this conversation. It is not joined yet.</summary>
    /// <param name="options">What it is to be; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting; a conference that the server makes nevertheless expires by itself.</param>
    /// <exception cref="InvalidStateException">The conversation has a conference, or has ended.</exception>
    /// <exception cref="ConferenceFailureException">The server made none.</exception>
    public Task EscalateToConferenceAsync(MeetNowOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate();
        return _context.Loop.InvokeAsync(async () =>
        {
            RequireOpen(nameof(EscalateToConferenceAsync));
            if (ConferenceSession is not null || IsMoving)
            {
                throw _machine.Refuse("EscalateToConferenceAsync a second time");
            }

            await MakeConferenceAsync(options, cancellationToken);
        });
    }

    /// <summary>
    /// Joins the conference: its focus, then its roster, its A/V server and its IM MCU side by side. What fails takes down what was set up before, in
    /// the opposite order; the conversation stays and can join again.
    /// </summary>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Hears of every stage as it begins and ends, in order.</param>
    /// <param name="cancellationToken">Gives up; the task is cancelled when everything is taken down.</param>
    /// <exception cref="InvalidStateException">The conversation has no conference, has ended, or is joining or in the conference already.</exception>
    /// <exception cref="ConferenceFailureException">A stage failed; it names the stage, the SIP status and the server's diagnosis.</exception>
    public Task JoinAsync(JoinOptions? options = null, IProgress<JoinProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _context.Loop.InvokeAsync(async () =>
        {
            RequireOpen(nameof(JoinAsync));
            if (ConferenceSession is not { State: ConferenceSessionState.Idle } session)
            {
                throw ConferenceSession?.Refuse(nameof(JoinAsync)) ?? _machine.Refuse("JoinAsync without a conference");
            }

            IsOffered = false;
            var joining = JoinCoreAsync(session, options ?? new(), progress, cancellationToken);
            _joining = joining;
            await joining;
        });

    /// <summary>Makes an invitation of a user to this conference; it is sent with <see cref="ConferenceInvitation.DeliverAsync"/>.</summary>
    /// <param name="uri">The user's address, <c>sip:user@domain</c>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The address is not a SIP URI.</exception>
    /// <exception cref="InvalidStateException">The conversation has no conference, or has ended.</exception>
    public ConferenceInvitation CreateInvitation(string uri, ConferenceInvitationOptions? options = null)
    {
        var destination = UserAddress.Parse(uri, nameof(uri));
        RequireOpen(nameof(CreateInvitation));
        return new ConferenceInvitation(_context, this, ConferenceSession ?? throw _machine.Refuse("CreateInvitation without a conference"), destination, options ?? new());
    }

    /// <summary>Invites a user to this conference and waits for the answer. A closed meeting is opened to the user first.</summary>
    /// <param name="uri">The user's address, <c>sip:user@domain</c>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Takes the invitation back (CANCEL); the task is cancelled when the outcome is known.</param>
    /// <returns>The accepted invitation. The user joins by themselves: wait for them in <see cref="Participants"/>.</returns>
    /// <exception cref="ArgumentException">The address is not a SIP URI.</exception>
    /// <exception cref="InvalidStateException"><see cref="ConversationAction.AddParticipant"/> cannot be invoked now.</exception>
    /// <exception cref="FailureResponseException">The user declined, is not there or did not answer.</exception>
    /// <exception cref="ConferenceFailureException">The closed meeting could not be opened to the user.</exception>
    public async Task<ConferenceInvitation> InviteAsync(string uri, ConferenceInvitationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var invitation = CreateInvitation(uri, options);
        await invitation.DeliverAsync(cancellationToken);
        return invitation;
    }

    private async Task<ConferenceSession> MakeConferenceAsync(MeetNowOptions options, CancellationToken cancellationToken)
    {
        var uri = await Connection.ConferenceFactory.CreateAsync(options, cancellationToken);
        RequireOpen(nameof(EscalateToConferenceAsync));
        if (ConferenceSession is not null)
        {
            throw _machine.Refuse("EscalateToConferenceAsync a second time");
        }

        return ConferenceUri.TryParse(uri, out var focus)
            ? BindTo(focus, options)
            : throw new ConferenceFailureException(ConferenceStage.Scheduling, "the server made a conference with an unusable address");
    }

    /// <param name="uri">The focus.</param>
    /// <param name="announced">What is known of the conference before its roster is.</param>
    internal ConferenceSession BindTo(ConferenceUri uri, MeetNowOptions announced)
    {
        var session = ConferenceSession = new(_context, this, uri, announced);
        RefreshActions();
        return session;
    }

    internal McuDialog CreateMcuDialog() => new(_context, Connection, McuOf(ConferenceEntityTypes.AudioVideo), Id);

    /// <summary>The address of one of the conference's servers.</summary>
    internal SipUri McuOf(string entityType) => ConferenceUri.TryParse(ConferenceSession?.ConferenceUri, out var focus)
        ? SipUri.Parse(focus.For(entityType).Text)
        : throw _machine.Refuse("dialling a server of a conference without a conference");

    private async Task JoinCoreAsync(ConferenceSession session, JoinOptions options, IProgress<JoinProgress>? progress, CancellationToken cancellationToken)
    {
        using var run = new JoinRun(_context, progress);
        using var attempt = _attempt = Attempt.Begin(cancellationToken);
        try
        {
            await session.EnterAsync(attempt, run);
            await ConnectAsync(
                attempt,
                session.SubscribeAsync(attempt, run),
                options.Audio ? AVModality.DialAsync(run, attempt.Token) : Task.CompletedTask,
                options.InstantMessages ? InstantMessageModality.DialAsync(run, attempt.Token) : Task.CompletedTask);
        }
        catch (Exception thrown) when (thrown is ConferenceFailureException or OperationCanceledException)
        {
            var failure = Explain(attempt, thrown);
            await Task.WhenAll(AVModality.EndAsync(ModalityTrigger.Disconnect, failure), InstantMessageModality.LeaveConferenceAsync(failure));
            await session.AbandonAsync(failure);
            throw failure;
        }
        finally
        {
            session.EndAttempt();
            _attempt = null;
        }
    }

    // Both stages run side by side; the first that fails calls the other off and is what the caller hears of.
    private static async Task ConnectAsync(Attempt attempt, params Task[] stages)
    {
        Exception? first = null;
        await Task.WhenAll(stages.Select(async stage =>
        {
            try
            {
                await stage;
            }
            catch (Exception failure) when (failure is ConferenceFailureException or OperationCanceledException)
            {
                first ??= failure;
                attempt.CallOff(failure);
            }
        }));
        if (first is not null)
        {
            throw first;
        }
    }

    private Exception Explain(Attempt attempt, Exception thrown)
    {
        var failure = attempt.Explain(thrown);
        if (failure is OperationCanceledException)
        {
            return failure;
        }

        var explained = failure as ConferenceFailureException ?? new ConferenceFailureException(ConferenceStage.Focus, failure);
        Log.JoinFailed(_context.Logger, explained.Stage, explained);
        return explained;
    }
}
