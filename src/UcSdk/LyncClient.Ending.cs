using UcSdk.Core;

namespace UcSdk;

/// <content>Signing out, and giving everything back.</content>
public sealed partial class LyncClient
{
    private async Task SignOutCoreAsync()
    {
        if (_signingIn is { } signingIn)
        {
            signingIn.CallOff(new OperationCanceledException("The client was signed out."));
            await WaitAsync(ClientState.SignedOut);
            return;
        }

        if (_machine.TryFire(ClientTrigger.SignOut))
        {
            _leaving = SigningOutAsync();
        }

        await _leaving;
    }

    private async Task SigningOutAsync()
    {
        var connection = Connection!;
        await LeaveAsync(null, null);
        _memory.Identity = connection.Identity;
        _machine.Fire(ClientTrigger.SignOutComplete);
        Self = null;
        Log.SignedOut(_context.Logger, ClientStateChangeReason.SignedOut);
    }

    /// <summary>Ends everything that the sign-in began, and the connection.</summary>
    private async Task LeaveAsync(ConnectionLoss? loss, Exception? cause)
    {
        var connection = Connection!;
        await EndAllAsync(loss is null ? ConferenceSessionTrigger.Leave : ConferenceSessionTrigger.LoseConnection, loss, cause);
        await connection.CloseAsync();
    }

    /// <summary>Ends everything that the sign-in began but the connection; without a loss in order.</summary>
    private async Task EndAllAsync(ConferenceSessionTrigger how, ConnectionLoss? loss, Exception? cause)
    {
        var connection = Connection!;
        Connection = null;
        connection.Ended = null;
        connection.InvitationReceived = null;
        connection.MessageInviteReceived = null;
        connection.MessageReceived = null;
        _failBack?.Dispose();
        _failBack = null;
        var services = Services.StopAsync(loss);
        await ConversationManager.FinishAsync(how, cause, comesBack: State == ClientState.SigningIn);
        await services;
    }

    private async Task DisposeCoreAsync()
    {
        _network?.Dispose();
        var goodbye = SignOutCoreAsync();
        await WithinShutdownAsync(goodbye, "Signing out");

        // Closing the endpoint ends whatever still waits for the network.
        if (_endpoint is { } endpoint)
        {
            await endpoint.DisposeAsync();
        }

        await goodbye;
        _memory.Discovery.Dispose();

        // What may still run is the user's handler of an invitation; it is not waited for for ever.
        await WithinShutdownAsync(_context.Work.WhenIdleAsync(), "The end of all handlers");
        _machine.Fire(ClientTrigger.ShutDown);
        ConversationManager.Complete();
        ContactManager.Complete();
        _roamingContacts.Dispose();
        _presenceWatch.Dispose();
        Settings.Complete();
        _self.Complete();
        _self.Dispose();
        _web.Dispose();
        _addressBook.Dispose();
        DelegatorClients.Complete();
        _progress.Complete();
        _delays.Complete();
        _serviceProgress.Complete();
        Services.Dispose();
        _machine.Fire(ClientTrigger.ShutDownComplete);
    }

    private async Task WithinShutdownAsync(Task task, string what)
    {
        try
        {
            await _context.Loop.WithinAsync(task, _context.Options.ShutdownTimeout, what, CancellationToken.None);
        }
        catch (TimeoutException late)
        {
            Log.UncleanEnd(_context.Logger, late);
        }
    }
}
