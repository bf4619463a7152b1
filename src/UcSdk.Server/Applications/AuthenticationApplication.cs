using Microsoft.Extensions.Logging;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Demands of those who must prove who they are one of the schemes that the options offer. By NTLM a connection gets an association, by which all of its messages are signed and
/// verified from then on, below this (<see cref="AssociationServer"/>). By Digest a REGISTER proves itself every time (401); another request is believed on a connection over which the
/// user in From has proven to know the password, for as long as the connection stands; elsewhere it is challenged (407).
/// </summary>
internal sealed class AuthenticationApplication : IServerApplication, IDisposable
{
    private readonly UserDirectory _directory;
    private readonly DivertedCalls _diverted;
    private readonly ServerAuthenticationOptions _options;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<AssociationOffer> _offers;
    private readonly AssociationServer _associations;
    private readonly LoopTimer _timer;
    private readonly Func<DigestAuthenticator> _createDigest;
    private readonly Dictionary<SipFlow, HashSet<UcServerUser>> _proven = [];

    public AuthenticationApplication(UserDirectory directory, DivertedCalls diverted, UcServerOptions options, LoopRuntime runtime, SerialLoop loop, ILogger logger)
    {
        _directory = directory;
        _diverted = diverted;
        _options = options.Authentication;
        var users = _options.Users ?? new OptionsUserStore(directory, _options);
        _logger = logger;
        var logins = new UserLogins(users, directory);
        var clock = new AssociationClock(() => loop.Now, runtime.Time.GetUtcNow);
        var serverName = _options.ServerName ?? "sip." + directory.Domain;
        var guard = new GuessingGuard(_options.Guessing, serverName, clock.Now) { LimitReached = (isHost, text) => LogGuarded(isHost, new(text, options.LogUserData)) };
        _offers = ServerSchemes.Offer(_options, serverName, logins, runtime.Random, clock.WallNow);
        _associations = new(OptionsOf(_options), _offers, logins, runtime.Random, clock)
        {
            DefaultKind = _options.AsProxy ? ChallengeKind.Proxy : ChallengeKind.UserAgent,
            WriteChallenges = (response, kind, onlySigned) => WriteChallenges(response, kind, DigestOutcome.Missing, mayBeSigned: true, onlySigned),
            Refused = (method, status, why) => Log.CredentialsRefused(logger, method.Name, status, why),
            Guard = guard,
            MaySpeak = diverted.MaySpeak,
            DeadlineChanged = FollowDeadline,
        };
        Connections = new(directory, _options, users, logins, guard, serverName, runtime.Random, clock.WallNow);
        _timer = new(loop, Elapse);
        _createDigest = () => new(new DigestServerOptions { Realm = directory.Domain, Algorithms = options.DigestAlgorithms }, logins, runtime.Random, () => loop.Now)
        {
            Refused = (incoming, status) => Log.RequestRefused(logger, incoming.Request.Method.Name, status, null),
            Guard = guard,
        };
    }

    /// <summary>Connections over which somebody has proven who they are by Digest.</summary>
    public int Count => _proven.Count;

    /// <summary>The same users for services that do not speak SIP.</summary>
    public ConnectionLogins Connections { get; }

    public int Associations => _associations.Associations;

    public int Handshakes => _associations.Handshakes;

    // Made when it is first needed: a server without passwords draws no chances for it.
    private DigestAuthenticator Digest => field ??= _createDigest();

    private bool OffersDigest => _options.Schemes.Contains(SipAuthenticationScheme.Digest);

    public bool Handle(ServerRequest request)
    {
        var message = request.Message;
        if (message.Association is not null)
        {
            request.IsProven = true;
            return false;
        }

        var isRegister = request.Method == SipMethod.Register;
        if (!Demands(message.From) && !(isRegister && Demands(message.To)))
        {
            return false;
        }

        // In a call that was sent on, who was called speaks under another's name.
        var speaker = isRegister || _diverted.SpeakerOf(message, request.Flow) is not { } diverted ? message.From : new NameAddr(SipUri.Parse(diverted.Id.User));
        if (!isRegister && IsProven(speaker, request.Flow))
        {
            Digest.RemoveCredentials(message);
            request.IsProven = true;
            return false;
        }

        Challenge(request, isRegister && !_options.AsProxy ? ChallengeKind.UserAgent : ChallengeKind.Proxy);
        if (request.Identity is null)
        {
            return true;
        }

        request.IsProven = true;
        Remember(message.From, request.Flow);
        return false;
    }

    public void Forget(SipFlow flow)
    {
        _proven.Remove(flow);
        _associations.CloseFlow(flow);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _associations.Dispose();
    }

    /// <summary>As a restart would, that the connections survive.</summary>
    public void ForgetAll()
    {
        _proven.Clear();
        _associations.Forget();
    }

    private static AssociationServerOptions OptionsOf(ServerAuthenticationOptions options) =>
        new() { Version = options.Version, MinimumVersion = options.MinimumVersion ?? options.Version, Lifetime = options.AssociationLifetime };

    private void LogGuarded(bool isHost, Redacted<string> text)
    {
        if (isHost)
        {
            Log.HostGuarded(_logger, text, _options.Guessing.Window);
        }
        else
        {
            Log.NameGuarded(_logger, text, _options.Guessing.Window);
        }
    }

    private void Elapse()
    {
        _associations.Elapse();
        FollowDeadline();
    }

    private void FollowDeadline() => _timer.SetDeadline(_associations.NextDeadline);

    private void Challenge(ServerRequest request, ChallengeKind kind)
    {
        var mayBeSigned = request.Flow.IsReliable && _offers.Count > 0;
        if (mayBeSigned && _associations.Watch(request.Flow) is { } associations)
        {
            request.Incoming.Protect(associations);
        }

        if (OffersDigest)
        {
            request.Identity = Digest.Authenticate(request.Incoming, kind, (response, outcome) => WriteChallenges(response, kind, outcome, mayBeSigned, onlySigned: false));
        }
        else if (mayBeSigned)
        {
            request.Incoming.Respond(kind.Status, null, response => WriteChallenges(response, kind, DigestOutcome.Missing, mayBeSigned, onlySigned: false));
        }
        else
        {
            // There is nothing to challenge with.
            request.Answer(ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.SenderNotAuthorized));
        }
    }

    private void WriteChallenges(SipResponse response, ChallengeKind kind, DigestOutcome outcome, bool mayBeSigned, bool onlySigned)
    {
        foreach (var scheme in _options.Schemes)
        {
            if (scheme == SipAuthenticationScheme.Digest && !onlySigned)
            {
                Digest.Challenge(response, kind, outcome);
            }
            else if (scheme != SipAuthenticationScheme.Digest && mayBeSigned)
            {
                _associations.WriteChallenge(response, kind, _offers.First(offer => offer.Scheme == ServerSchemes.NameOf(scheme)));
            }
        }

        if (mayBeSigned)
        {
            _associations.WriteDate(response);
        }
    }

    private bool Demands(NameAddr? who)
    {
        if (who is null || !_directory.Serves(who.Uri))
        {
            return false;
        }

        return Connections.Demands(_directory.TryFind(who.Uri, out var user) ? user : null);
    }

    // Datagrams prove nothing about who sends the next one.
    private bool IsProven(NameAddr? who, SipFlow flow) =>
        flow.IsReliable && who is not null && _directory.TryFind(who.Uri, out var user) && _proven.TryGetValue(flow, out var users) && users.Contains(user);

    private void Remember(NameAddr? who, SipFlow flow)
    {
        if (flow.IsReliable && who is not null && _directory.TryFind(who.Uri, out var user))
        {
            if (!_proven.TryGetValue(flow, out var users))
            {
                _proven.Add(flow, users = []);
            }

            users.Add(user);
        }
    }
}
