using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// One sign-in from its first step to its end: attempt after attempt, and in each server after server, until one signs the user in or nothing promises to. On the
/// loop only.
/// </summary>
internal sealed class SignInRun
{
    private readonly ModelContext _context;
    private readonly SignInMemory _memory;
    private readonly SipUri _user;
    private readonly SignInReport _report;
    private readonly ReconnectBackoff _backoff;
    private readonly List<SignInFailure> _failures = [];
    private readonly List<DiscoveryAttempt> _discovery = [];
    private TaskCompletionSource? _hurry;
    private SipTransportAddress? _first;

    public SignInRun(ModelContext context, SignInMemory memory, SipUri user, SignInReport report)
    {
        _context = context;
        _memory = memory;
        _user = user;
        _report = report;
        _backoff = new(Pace.BaseDelay, Pace.MaxDelay, context.Random);
    }

    /// <summary>Where the user belongs, and why it did not sign the user in; null where the server that did is no backup of another.</summary>
    public (SipTransportAddress Server, RegisterException Failure)? Primary { get; private set; }

    private ReconnectOptions Pace => _context.Options.Reconnect ?? ReconnectOptions.Default;

    /// <summary>Signs in because the user wants it: <see cref="LyncClientOptions.SignInAttempts"/> times.</summary>
    /// <exception cref="RegisterException">The last of them failed, or an earlier one in a way that waiting does not help.</exception>
    public Task<ServerConnection> SignInAsync(CancellationToken cancellationToken) => RunAsync(
        (failure, attempt) => attempt < _context.Options.SignInAttempts && !(failure.RetryAfter > Pace.MaxDelay), cancellationToken);

    /// <summary>Signs in again after a loss: for as long as <see cref="ReconnectOptions.GiveUpAfter"/> allows.</summary>
    /// <param name="cause">What was lost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RegisterException">The last attempt failed.</exception>
    public async Task<ServerConnection> SignInAgainAsync(Exception? cause, CancellationToken cancellationToken)
    {
        var begin = _context.Loop.Now;
        await WaitAsync(Pace.FirstDelay * _context.Random.NextDouble(), cause, isFailure: false, cancellationToken);
        return await RunAsync((_, _) => Pace.GiveUpAfter == Timeout.InfiniteTimeSpan || _context.Loop.Now - begin < Pace.GiveUpAfter, cancellationToken);
    }

    /// <summary>Signs in at a server, or where it sends the user, but not where the user is signed in already: one attempt.</summary>
    /// <exception cref="RegisterException">It failed; at the stage of redirection also where it leads back.</exception>
    public async Task<ServerConnection> SignInAtAsync(SipTransportAddress server, SipTransportAddress standing, CancellationToken cancellationToken)
    {
        var failed = new Dictionary<SipTransportAddress, RegisterException> { [standing] = new(SignInStage.Redirect, null, $"it leads back to {standing}") };
        var connection = await FollowAsync(server, failed, cancellationToken);
        _report.Stage(SignInStage.Done, connection.Server);
        return connection;
    }

    /// <summary>Ends a wait: there is news that make the next attempt worth while now.</summary>
    public void Hurry() => _hurry?.TrySetResult();

    private async Task<ServerConnection> RunAsync(Func<RegisterException, int, bool> mayGoOn, CancellationToken cancellationToken)
    {
        while (true)
        {
            _report.Attempt++;
            try
            {
                var connection = await TryServersAsync(cancellationToken);
                _report.Stage(SignInStage.Done, connection.Server);
                return connection;
            }
            catch (RegisterException failure) when (Refusal.IsWorthWaiting(failure.InnerException) && mayGoOn(failure, _report.Attempt))
            {
                // What the refused request took for its number may be the reason: the next is another registration.
                _memory.Identity = failure.StatusCode == StatusCode.ServerInternalError ? new(_memory.Identity.Epid) : _memory.Identity;
                var pause = _backoff.Next();
                var asked = failure.RetryAfter ?? TimeSpan.Zero;
                asked = asked > Pace.MaxRetryAfter ? Pace.MaxRetryAfter : asked;
                await WaitAsync(asked > pause ? asked : pause, failure, isFailure: true, cancellationToken);
            }
        }
    }

    private async Task WaitAsync(TimeSpan pause, Exception? cause, bool isFailure, CancellationToken cancellationToken)
    {
        _report.Wait(pause, cause, isFailure);
        var hurry = _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new LoopTimer(_context.Loop, () => hurry.TrySetResult());
        using var cancel = cancellationToken.Register(() => hurry.TrySetCanceled(cancellationToken));
        timer.SetDeadline(_context.Loop.Now + pause);
        await hurry.Task;
        _hurry = null;
    }

    /// <summary>One attempt: the user's own registrars where they are known, then what discovery finds, then the backups that the options name.</summary>
    private async Task<ServerConnection> TryServersAsync(CancellationToken cancellationToken)
    {
        var failed = new Dictionary<SipTransportAddress, RegisterException>();
        RegisterException? last = null;
        _first = null;
        await foreach (var found in ServersAsync(cancellationToken))
        {
            _first ??= found.Source == DiscoverySource.Remembered || IsBackup(found.Address) ? null : found.Address;
            if (failed.ContainsKey(found.Address))
            {
                continue;
            }

            try
            {
                var connection = await FollowAsync(found.Address, failed, cancellationToken);
                if (connection.Server == found.Address)
                {
                    _memory.Discovery.Remember(_user, found);
                }

                Primary = PrimaryOf(connection.Server, failed);
                return connection;
            }
            catch (RegisterException failure) when (Refusal.IsPassing(failure.InnerException) || IsStale(found, failure))
            {
                last = failure;
            }
        }

        throw last ?? Fail(null, SignInStage.Discover, null, "no server was found");
    }

    private bool IsBackup(SipTransportAddress server) => _context.Options.BackupServers.Contains(server);

    // The first registrar that a redirection named, or, seen from a backup of the options, the server that they or the domain name; of those who failed in passing.
    private (SipTransportAddress, RegisterException)? PrimaryOf(SipTransportAddress server, Dictionary<SipTransportAddress, RegisterException> failed)
    {
        SipTransportAddress?[] preferred = [_memory.Home.Servers is [var home, ..] ? home : null, IsBackup(server) ? _first : null];
        return preferred.FirstOrDefault(one => one is not null && one != server && failed.ContainsKey(one)) is { } primary ? (primary, failed[primary]) : null;
    }

    // A home server of before that does not know the user: others know better where the user is now.
    private static bool IsStale(DiscoveredServer found, RegisterException failure) =>
        found.Source == DiscoverySource.Remembered && failure.StatusCode == StatusCode.NotFound;

    private async IAsyncEnumerable<DiscoveredServer> ServersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var server in _memory.Home.Servers)
        {
            yield return new(server, server.Host, DiscoverySource.Remembered);
        }

        if (_context.Options.Server is null)
        {
            _report.Stage(SignInStage.Discover);
        }

        await foreach (var found in _memory.Discovery.FindAsync(_user, OnDiscovery, cancellationToken))
        {
            yield return found;
        }

        foreach (var server in _context.Options.BackupServers)
        {
            yield return new(server, server.Host, DiscoverySource.Configured);
        }
    }

    private void OnDiscovery(DiscoveryAttempt question)
    {
        if (_context.Options.Server is null)
        {
            _discovery.Add(question);
            _report.Discovery(question);
        }
    }

    /// <summary>Signs in at the server, or where it sends the user; where that is several servers, at the first that does it.</summary>
    private async Task<ServerConnection> FollowAsync(
        SipTransportAddress server, Dictionary<SipTransportAddress, RegisterException> failed, CancellationToken cancellationToken)
    {
        var visited = new HashSet<SipTransportAddress>();
        var ahead = new Queue<SipTransportAddress>([server]);
        RegisterException? last = null;
        for (var hops = 0; ahead.TryDequeue(out var next);)
        {
            visited.Add(next);
            if (failed.TryGetValue(next, out last))
            {
                continue;
            }

            try
            {
                return await OpenAsync(next, cancellationToken);
            }
            catch (RegisterException redirected) when (redirected.InnerException is SipException sip && Refusal.IsRedirection(sip))
            {
                ahead = new(ReadRedirect(next, sip, ++hops, visited));
            }
            catch (RegisterException failure) when (Refusal.IsPassing(failure.InnerException))
            {
                failed[next] = last = failure;
            }
        }

        // A redirection names at least one server, and each has failed in passing.
        throw last!;
    }

    private SipTransportAddress[] ReadRedirect(SipTransportAddress from, SipException sip, int hops, HashSet<SipTransportAddress> visited)
    {
        var redirect = Redirect.Read(sip.Response!, from, sip.Response!.IsVouchedFor, new(_user.Host, _context.Options.Discovery.TrustedServerDomains));
        var why = hops > _context.Options.MaxRedirects ? $"more than {_context.Options.MaxRedirects} redirections in a row"
            : redirect.Servers.Count == 0 ? redirect.Refused.Count == 0 ? "it names no server" : string.Join("; ", redirect.Refused)
            : redirect.Servers.All(visited.Contains) ? $"it leads back to {redirect.Servers[0]}"
            : null;
        if (why is not null)
        {
            throw Fail(from, SignInStage.Redirect, sip, why);
        }

        if (sip.StatusCode == StatusCode.MovedPermanently)
        {
            _memory.Home.Remember(redirect.Servers);
        }

        var servers = redirect.Servers.Where(server => !visited.Contains(server)).ToArray();
        _report.Stage(SignInStage.Redirect, servers[0], sip.StatusCode);
        return servers;
    }

    private async Task<ServerConnection> OpenAsync(SipTransportAddress server, CancellationToken cancellationToken)
    {
        var connection = new ServerConnection(_context, _memory.Identity, _user, server, _report);
        try
        {
            var endpoint = await _memory.OpenEndpointAsync(cancellationToken);
            await connection.OpenAsync(endpoint, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return connection;
        }
        catch (Exception thrown) when (thrown is SipException or TimeoutException or IOException or OperationCanceledException)
        {
            await connection.CloseAsync();
            throw thrown is OperationCanceledException ? thrown : Fail(server, connection.Stage, thrown, null);
        }
        finally
        {
            _memory.Identity = connection.Identity;
        }
    }

    private RegisterException Fail(SipTransportAddress? server, SignInStage stage, Exception? inner, string? why)
    {
        var schemes = SchemeAttempt.Of((inner as SipException)?.Response, _report.Schemes, _context.Options);
        var failure = new RegisterException(stage, inner, why, schemes)
        {
            Server = server,
            DiscoveryAttempts = [.. _discovery],
        };
        _failures.Add(new(_report.Attempt, server, stage, failure.StatusCode, failure.Reason));
        failure.Failures = [.. _failures];
        return failure;
    }
}
