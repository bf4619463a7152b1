namespace UcSdk;

/// <content>For whom the user acts.</content>
public sealed partial class LyncClient
{
    /// <summary>
    /// Those for whom the user acts as a delegate, each with the presence of the delegator. No published message tells a delegate for whom it acts ([MS-PRES] §2.2.2.10 tells
    /// delegators their delegates: <see cref="SelfPresence.Delegates"/>), so the application names them (<see cref="AddDelegatorAsync"/>); they stay from one sign-in to the
    /// next. Ends when the client is disposed.
    /// </summary>
    public ObservableList<DelegatorClient> DelegatorClients { get; }

    /// <summary>Names somebody for whom the user acts, and watches the presence of that person from then on. Nothing to do for one who is there.</summary>
    /// <param name="uri">The delegator, <c>sip:user@domain</c>.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ArgumentException">That is no SIP address.</exception>
    public Task<DelegatorClient> AddDelegatorAsync(string uri, CancellationToken cancellationToken = default)
    {
        var contact = ContactManager.GetContactByUri(UserAddress.Parse(uri, nameof(uri)).AddressOfRecord.Text);
        return _context.Loop.InvokeAsync(() =>
        {
            if (DelegatorClients.FirstOrDefault(one => one.Contact == contact) is { } there)
            {
                return Task.FromResult(there);
            }

            var delegator = new DelegatorClient(this, contact);
            DelegatorClients.Add(delegator);
            return Task.FromResult(delegator);
        }).WaitAsync(cancellationToken);
    }

    /// <summary>The user does not act for that person any more. Nothing to do for one who is not there.</summary>
    /// <param name="delegator">The delegator.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task RemoveDelegatorAsync(DelegatorClient delegator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delegator);
        return _context.Loop.InvokeAsync(() =>
        {
            if (DelegatorClients.Remove(delegator))
            {
                delegator.Leave();
            }

            return Task.CompletedTask;
        }).WaitAsync(cancellationToken);
    }
}
