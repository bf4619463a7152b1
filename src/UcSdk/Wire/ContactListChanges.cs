using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The SERVICE requests that change the contact list ([MS-SIP] §3.7.4), one after another, each against the list as it is then; none has succeeded before the list shows it.
/// </summary>
internal sealed class ContactListChanges(ModelContext context, RoamingContacts roaming)
{
    // Other endpoints of the user may change the list all the time; who is never quick enough must learn it.
    private const int MaxTries = 5;
    private Task _lastChange = Task.CompletedTask;

    /// <summary>
    /// Sends the command that is made out of the newest list, one after another, and waits until the list shows what came of it. Where the list was another one by then
    /// (409), it is read anew and the command made again.
    /// </summary>
    /// <param name="operation">What it is, for errors.</param>
    /// <param name="create">Makes the command; null when nothing is to be done any more.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The answer; null when nothing was to be done.</returns>
    public Task<SipResponse?> ChangeAsync(string operation, Func<ContactList, ContactListCommand?> create, CancellationToken cancellationToken) =>
        context.Loop.InvokeAsync(() =>
        {
            var change = ChangeAfterAsync(_lastChange, operation, create, cancellationToken);
            _lastChange = EndOf(change);
            return change.UntilAsync(cancellationToken);
        });

    private static async Task EndOf(Task change)
    {
        try
        {
            await change;
        }
        catch (Exception)
        {
            // Whoever wanted the change gets it; those behind only wait for the end.
        }
    }

    private async Task<SipResponse?> ChangeAfterAsync(
        Task before, string operation, Func<ContactList, ContactListCommand?> create, CancellationToken cancellationToken)
    {
        await before;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            for (var tries = 1; ; tries++)
            {
                var list = await KnownAsync(operation);
                if (create(list) is not { } command)
                {
                    return null;
                }

                var answer = await SendAsync(command);
                if (answer.IsSuccess)
                {
                    await ShownAsync(list.DeltaNumber, operation);
                    return answer;
                }

                if (answer.StatusCode is not (409 or StatusCode.BadRequest) || tries == MaxTries)
                {
                    throw new SipException(answer, "SERVICE " + command.Name);
                }

                // A 400 may mean the number too; a list that is still the same shows that it does not.
                await RefetchAsync(operation);
                if (answer.StatusCode == StatusCode.BadRequest && roaming.List!.DeltaNumber == list.DeltaNumber)
                {
                    throw new SipException(answer, "SERVICE " + command.Name);
                }
            }
        }
        catch (Exception failure) when (failure is SipException or TimeoutException or OperationCanceledException)
        {
            throw new ServerRequestException(operation, failure);
        }
    }

    private ServerConnection Connected(string operation) => roaming.Connection ?? throw new InvalidStateException("ContactList", roaming.State.ToString(), operation);

    private async Task<ContactList> KnownAsync(string operation)
    {
        while (true)
        {
            Connected(operation);
            if (roaming.State == ContactListState.Subscribed)
            {
                return roaming.List!;
            }

            if (roaming.State is ContactListState.Idle or ContactListState.Terminating)
            {
                throw new InvalidStateException("ContactList", roaming.State.ToString(), operation);
            }

            await ToldAsync(operation);
        }
    }

    // The delta comes before or after the answer. Where it does not come, it got lost (best-effort notifications may): the whole list tells.
    private async Task ShownAsync(uint number, string operation)
    {
        while (roaming.List!.DeltaNumber == number)
        {
            try
            {
                await ToldAsync(operation);
            }
            catch (TimeoutException)
            {
                await RefetchAsync(operation);
                return;
            }
        }
    }

    private async Task RefetchAsync(string operation)
    {
        Connected(operation);
        roaming.Miss();
        await KnownAsync(operation);
    }

    private Task ToldAsync(string operation) =>
        context.Loop.WithinAsync(roaming.Told, Connected(operation).TransactionTimeout, "News of the contact list", roaming.Stopped);

    private Task<SipResponse> SendAsync(ContactListCommand command)
    {
        var connection = roaming.Connection!;
        var service = connection.CreateRequest(SipMethod.Service, connection.User);
        service.SetBody(ContentTypes.Soap, command.ToBytes());
        return connection.Endpoint.SendAsync(service, connection.Flow, CancellationToken.None).UntilAsync(roaming.Stopped);
    }
}
