using UcSdk.Sip;

namespace UcSdk.Server;

/// <content>What whoever runs the server does about registrations ([MS-SIPREGE] §3.2).</content>
public sealed partial class UcServer
{
    /// <summary>
    /// Raised when an endpoint has registered, refreshed or ended, on the server's loop: handlers must not block, and what they throw is logged and harms nobody.
    /// </summary>
    public event Action<EndpointChange>? EndpointChanged;

    /// <summary>The registered endpoints, of each user the longest registered first.</summary>
    /// <param name="user">A name, <c>alice</c>, or an address; null for those of all users.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public Task<IReadOnlyList<RegisteredEndpoint>> GetEndpointsAsync(string? user = null, CancellationToken cancellationToken = default) =>
        OnLoopAsync(
            () => (IReadOnlyList<RegisteredEndpoint>)[.. (user is null ? _bindings.All : OfUser(_directory.Get(user))).Select(binding => binding.Describe(_loop.Now))],
            cancellationToken);

    /// <summary>
    /// Signs a user out everywhere: the registrations end at once, and each endpoint is told why by NOTIFY ([MS-SIPREGE] §4.1.3). Nothing keeps the user from
    /// signing in again.
    /// </summary>
    /// <param name="user">A name, <c>alice</c>, or an address.</param>
    /// <param name="reason">What the endpoints are told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many endpoints there were.</returns>
    /// <exception cref="ArgumentException">There is no such user, or the reason is none that endpoints can be told (<see cref="DeregistrationReason.Other"/>).</exception>
    public Task<int> DeregisterAsync(string user, DeregistrationReason reason = DeregistrationReason.Unregistered, CancellationToken cancellationToken = default)
    {
        var notice = RegistrationNotice.For(reason);
        return OnLoopAsync(() => _registrar.Deregister(OfUser(_directory.Get(user)), notice), cancellationToken);
    }

    /// <summary>Signs one endpoint out: its registration ends at once, on all its connections, and it is told why by NOTIFY.</summary>
    /// <param name="endpoint">The endpoint, as <see cref="GetEndpointsAsync"/> gave it.</param>
    /// <param name="reason">What it is told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when it was not registered any more.</returns>
    /// <exception cref="ArgumentException">The reason is none that endpoints can be told.</exception>
    public Task<bool> DeregisterAsync(
        RegisteredEndpoint endpoint, DeregistrationReason reason = DeregistrationReason.Unregistered, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var notice = RegistrationNotice.For(reason);
        return OnLoopAsync(
            () => _registrar.Deregister(_bindings.OfUser(endpoint.User).Where(binding => binding.Id.Instance == endpoint.Instance), notice) > 0,
            cancellationToken);
    }

    /// <summary>Signs a user out everywhere (<c>rejected</c>) and keeps them from signing in, with 404, until <see cref="EnableUserAsync"/>.</summary>
    /// <param name="user">A name, <c>alice</c>, or an address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public Task DisableUserAsync(string user, CancellationToken cancellationToken = default) =>
        ChangeAsync(user, known => known with { IsEnabled = false }, RegistrationNotice.For(DeregistrationReason.Rejected), cancellationToken);

    /// <summary>Lets a user sign in again.</summary>
    /// <param name="user">A name, <c>alice</c>, or an address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public Task EnableUserAsync(string user, CancellationToken cancellationToken = default) =>
        ChangeAsync(user, known => known with { IsEnabled = true }, null, cancellationToken);

    /// <summary>
    /// Gives a user another home server: they are signed out here (<c>deactivated</c>), and sent there by 301, or 302, when they come again.
    /// </summary>
    /// <param name="user">A name, <c>alice</c>, or an address.</param>
    /// <param name="homeServer">The server, as its clients are to connect to it; null for this one.</param>
    /// <param name="temporarily">True for 302: clients are not to remember it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public Task MoveUserAsync(string user, SipTransportAddress? homeServer, bool temporarily = false, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            user,
            known => known with { HomeServer = homeServer, IsHomeTemporary = temporarily },
            homeServer is null ? null : RegistrationNotice.For(DeregistrationReason.Deactivated),
            cancellationToken);

    /// <summary>
    /// Gives a user another registrar: they are signed out here (<c>preferred-registrar-change</c>), told where to register in P-Preferred-Registrar, and sent there
    /// by 301 when they come here all the same.
    /// </summary>
    /// <param name="user">A name, <c>alice</c>, or an address.</param>
    /// <param name="registrar">The registrar, as its clients are to connect to it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">There is no such user.</exception>
    public Task ChangeRegistrarAsync(string user, SipTransportAddress registrar, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registrar);
        return ChangeAsync(user, known => known with { HomeServer = registrar, IsHomeTemporary = false }, RegistrarChange(registrar), cancellationToken);
    }

    /// <summary>
    /// Says what is known of a server at which users are at home: whether they are sent there, get 504, or are registered here meanwhile. When it is available again, those
    /// who are registered here are told to go back to it (<c>preferred-registrar-change</c>).
    /// </summary>
    /// <param name="homeServer">The server, as <see cref="UcServerUser.HomeServer"/> or <see cref="UcServerOptions.HomeServer"/> names it.</param>
    /// <param name="state">Its state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SetHomeServerStateAsync(SipTransportAddress homeServer, HomeServerState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(homeServer);
        return OnLoopAsync(
            () =>
            {
                _policy.SetState(homeServer, state);
                return state == HomeServerState.Available
                    ? _registrar.Deregister(_bindings.All.Where(binding => homeServer == HomeOf(binding)), RegistrarChange(homeServer))
                    : 0;
            },
            cancellationToken);
    }

    /// <summary>Lets nobody else sign in: new endpoints get 503 with Retry-After. Who is signed in stays, and may refresh and sign out.</summary>
    /// <param name="retryAfter">After how long they may ask again; rounded up to whole seconds, more than zero.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task BeginMaintenanceAsync(TimeSpan retryAfter, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(retryAfter, TimeSpan.Zero);
        return OnLoopAsync(() => _policy.Maintenance = retryAfter, cancellationToken);
    }

    /// <summary>Lets everybody sign in again.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task EndMaintenanceAsync(CancellationToken cancellationToken = default) => OnLoopAsync(() => _policy.Maintenance = null, cancellationToken);

    /// <summary>
    /// Says whether the presence service of the users is there ([MS-SIPREGE] §3.5). While it is not, only endpoints register that can do without
    /// (<c>ms-userservices-state-notification</c>), others get 480; when it goes, the former are told and the latter signed out.
    /// </summary>
    /// <param name="available">False when it is gone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SetUserServicesAsync(bool available, CancellationToken cancellationToken = default) => OnLoopAsync(
        () =>
        {
            var isLost = _policy.HasUserServices && !available;
            _policy.HasUserServices = available;
            if (isLost)
            {
                LoseUserServices();
            }

            return isLost;
        },
        cancellationToken);

    // Several flows of one endpoint are one to presence and to contact lists; it goes with the last.
    private void FollowPresence(BindingChange change)
    {
        var endpoint = change.Binding.Id;
        switch (change.Reason)
        {
            case EndpointChangeReason.Registered:
                _presenceSessions.Begin(endpoint);
                break;
            case EndpointChangeReason.Refreshed:
                _presenceSessions.Follow(change.Binding);
                _contactSubscriptions.Follow(change.Binding);
                _presenceSessions.Extend(endpoint, _options.PresenceExpires);
                _contactSubscriptions.Extend(endpoint, _options.PresenceExpires);
                break;
            default:
                if (change.IsEnd && !_bindings.OfUser(endpoint.User).Any(other => other.Id.IsSameEndpoint(endpoint)))
                {
                    _presenceSessions.End(endpoint);
                    _contactSubscriptions.End(endpoint);
                }

                break;
        }
    }

    private static RegistrationNotice RegistrarChange(SipTransportAddress registrar) =>
        RegistrationNotice.For(DeregistrationReason.PreferredRegistrarChange) with { PreferredRegistrar = RegistrationPolicy.UriOf(registrar) };

    private void LoseUserServices()
    {
        foreach (var binding in _bindings.All.Where(binding => binding.IsSurvivable && binding.IsConnected))
        {
            _notifier.Tell(binding, RegistrationNotice.UserServicesLost);
        }

        _registrar.Deregister(_bindings.All.Where(binding => !binding.IsSurvivable), RegistrationNotice.For(DeregistrationReason.UserServicesUnavailable));
    }

    private IReadOnlyList<Binding> OfUser(UcServerUser user) => _bindings.OfUser(_directory.AddressOfRecord(user));

    private SipTransportAddress? HomeOf(Binding binding) => _policy.HomeOf(_directory.Get(binding.Id.User));

    private Task<int> ChangeAsync(string user, Func<UcServerUser, UcServerUser> change, RegistrationNotice? notice, CancellationToken cancellationToken) => OnLoopAsync(
        () =>
        {
            var changed = _directory.Change(_directory.Get(user), change);
            return notice is null ? 0 : _registrar.Deregister(OfUser(changed), notice);
        },
        cancellationToken);

    // Its client is gone, or will connect again when it finds the connection closed.
    private void CloseSilent(SipFlow flow) => _work.Run("end of a silent connection", () => _endpoint.CloseFlowAsync(flow));

    private Task<T> OnLoopAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        _loop.InvokeAsync(() => Task.FromResult(work())).WaitAsync(cancellationToken);

    private void OnBindingChanged(BindingChange change)
    {
        var binding = change.Binding;
        Log.BindingChanged(_logger, new(binding.Id.User, _options.LogUserData), new(binding.Id.Instance, _options.LogUserData), change.Reason);
        if (change.IsEnd)
        {
            Log.BindingEnded(_logger, new(binding.Id.User, _options.LogUserData), new(binding.Id.Instance, _options.LogUserData), change.Reason);
            foreach (var focus in _conferences.All.ToArray())
            {
                _sessions.Do(focus, effects => focus.Drop(binding.Id, effects));
            }
        }

        FollowPresence(change);
        if (change.Notice is { } notice && binding.IsConnected)
        {
            _notifier.Tell(binding, notice);
        }

        var shown = new EndpointChange(binding.Describe(_loop.Now), change.Reason, change.Notice?.Reason);
        foreach (var handler in Delegate.EnumerateInvocationList(EndpointChanged))
        {
            try
            {
                handler(shown);
            }
            catch (Exception fault)
            {
                // A handler's mistake is its own, and the others hear of the change all the same.
                Log.ApplicationFailed(_logger, nameof(EndpointChanged), fault);
            }
        }
    }
}
