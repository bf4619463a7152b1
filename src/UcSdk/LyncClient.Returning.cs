using UcSdk.Sip;

namespace UcSdk;

/// <content>How it comes back: after a loss to a server, and from a backup to the primary.</content>
public sealed partial class LyncClient
{
    private void OnNetworkChanged()
    {
        _run?.Hurry();
        var changes = _context.Options.NetworkChanges ?? SystemNetworkChanges.Instance;
        if (Connection is { IsOpen: true } connection && State == ClientState.SignedIn && !changes.HasAddress(connection.Flow.Local.Host))
        {
            _memory.Discovery.Forget(DiscoveryRenewal.NetworkChanged);
            _context.Work.Start(connection.CutOffAsync);
        }
    }

    private void OnConnectionEnded(ServerConnection connection, ConnectionLoss loss)
    {
        var cause = new RegisterException(loss, connection.Server, SchemeAttempt.Of(loss.Cause.Response, [], _context.Options));
        _machine.Fire(ClientStates.TriggerOf(loss.End, _context.Options.Reconnect is not null), cause);
        Self = null;
        Log.ConnectionEnded(_context.Logger, loss.End);
        _memory.Identity = _context.Seams.NewEndpointEachTime ? new(Epid.Create(_context.Random)) : connection.Identity;
        _leaving = State == ClientState.SigningIn ? SignInAgainAsync(connection, loss, cause) : LeaveAsync(loss, cause);
        _context.Work.Start(() => _leaving);
    }

    private async Task SignInAgainAsync(ServerConnection lost, ConnectionLoss loss, RegisterException cause)
    {
        using var attempt = _signingIn = Attempt.Begin(CancellationToken.None);
        await LeaveAsync(loss, cause);
        if (loss.End == ConnectionEnd.Moved)
        {
            _memory.OnMoved(lost.Server, loss, new(lost.User.Host, _context.Options.Discovery.TrustedServerDomains));
        }

        try
        {
            await FinishRunAsync(BeginRun(lost.User).SignInAgainAsync(cause, attempt.Token), attempt);
        }
        catch (OperationCanceledException)
        {
            // The user signed out meanwhile.
        }
        catch (RegisterException failure)
        {
            Log.SignInAgainFailed(_context.Logger, failure);
        }
    }

    private void BeginFailBack(ServerConnection backup)
    {
        if (_context.Options.FailBack is { } options && _run?.Primary is var (primary, failure))
        {
            _failBack = new(_context, _memory, new(_context, _progress, OnDelayed), backup, primary)
            {
                MayMove = () => options.EndsConversations || ConversationManager.Conversations.Count + ConversationManager.ConferenceInvitations.Count == 0,
                Move = ReturnAsync,
            };
            _failBack.Start(failure);
        }
    }

    /// <summary>Leaves a backup for the primary, where the user is signed in already.</summary>
    private async Task ReturnAsync(ServerConnection primary)
    {
        using var attempt = _signingIn = Attempt.Begin(CancellationToken.None);
        var backup = Connection!;
        var loss = new ConnectionLoss(ConnectionEnd.Replaced, new SipException(SipFailure.Terminated, "The client went back to its primary server."));
        _run = null;
        _machine.Fire(ClientTrigger.Return);
        Self = null;
        await EndAllAsync(ConferenceSessionTrigger.LoseConnection, loss, loss.Cause);
        // It may be out of reach by now.
        _context.Work.Start(backup.CloseAsync);
        try
        {
            await FinishRunAsync(attempt.Token.IsCancellationRequested ? CloseAsync() : Task.FromResult(primary), attempt);
        }
        catch (OperationCanceledException)
        {
            // The user signed out meanwhile.
        }

        async Task<ServerConnection> CloseAsync()
        {
            await primary.CloseAsync();
            throw new OperationCanceledException(attempt.Token);
        }
    }
}
