using System.Buffers;
using System.Security.Cryptography;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A server's side of NTLM, in the connectionless form ([MS-NLMP] §3.2.5.2, [MS-SIPAE] §3.3) or on a connection (§3.2.5.1). One context challenges once and takes one answer,
/// so nothing can be replayed to it.
/// It takes NTLMv2 alone: no NTLMv1, no clients without a name, and no answer to another server's challenge. A client that sends no MIC (SIPE) is
/// accepted; what the MIC would have protected, flags and session key, the first signature proves.
/// </summary>
/// <remarks>
/// An unknown user and a wrong password take the same way: as many hashes, the same answer. User and domain are taken exactly as the message has
/// them;
/// clients that compute with another domain than they send, which §3.2.5.1.2 says a server should bear with, are refused.
/// </remarks>
internal sealed class NtlmServerContext : ISecurityContext
{
    /// <summary>How far a client's clock may be from ours ([MS-SIP]).</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    private const string NotProven = "the user is not known, or the password is wrong";

    private readonly NtlmServerNames _names;
    private readonly INtlmUserStore _users;
    private readonly RandomSource _random;
    private readonly Func<DateTimeOffset> _clock;
    private readonly NtlmMath _math;
    private readonly NtlmPolicy _policy;
    private NtlmStage _stage;
    private byte[] _negotiateBytes = [];
    private byte[] _challengeBytes = [];
    private NtlmChallenge? _challenge;
    private NtlmSession? _session;

    /// <param name="names">What the challenge says of the server.</param>
    /// <param name="users">Who may come.</param>
    /// <param name="random">Gives the challenge.</param>
    /// <param name="clock">The time, for the challenge and to judge the answer's.</param>
    /// <param name="math">The computations; null for uncounted ones.</param>
    /// <param name="policy">The form; null for <see cref="NtlmPolicy.Connectionless"/>.</param>
    public NtlmServerContext(
        NtlmServerNames names,
        INtlmUserStore users,
        RandomSource random,
        Func<DateTimeOffset> clock,
        NtlmMath? math = null,
        NtlmPolicy? policy = null)
    {
        _policy = policy ?? NtlmPolicy.Connectionless;
        _names = names;
        _users = users;
        _random = random;
        _clock = clock;
        _math = math ?? new();
    }

    public bool MayBlock => false;

    public bool IsEstablished => _stage == NtlmStage.Established;

    public DateTimeOffset? Expires => null;

    public string? Peer { get; private set; }

    public SecurityContextStep Advance(ReadOnlyMemory<byte> token)
    {
        switch (_stage)
        {
            case NtlmStage.Beginning:
                return Challenge(token.Span);
            case NtlmStage.Waiting:
                var step = Judge(token.Span);
                _stage = step.Status == SecurityContextStatus.Established ? NtlmStage.Established : NtlmStage.Over;
                (_challenge, _challengeBytes, _negotiateBytes) = (null, [], []);
                return step;
            default:
                return SecurityContextStep.Refuse("this NTLM handshake is over");
        }
    }

    public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature) => Session(nameof(Sign)).Sign(text, signature);

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Session(nameof(Verify)).Verify(text, signature);

    public void Dispose()
    {
        _stage = NtlmStage.Over;
        _session?.Dispose();
        _session = null;
    }

    private NtlmSession Session(string operation) =>
        _session ?? throw new InvalidOperationException($"{operation}: the NTLM server context is not established ({_stage}).");

    private SecurityContextStep Challenge(ReadOnlySpan<byte> token)
    {
        if (!token.IsEmpty || _policy.ClientBegins)
        {
            if (!NtlmNegotiate.TryParse(token, out _, out var error))
            {
                _stage = NtlmStage.Over;
                return SecurityContextStep.Refuse($"the client's first NTLM message cannot be read: {error}");
            }

            // Only for the MIC: what we offer does not depend on what the client would like.
            _negotiateBytes = token.ToArray();
        }

        var challenge = new byte[NtlmChallenge.ChallengeBytes];
        _random.Fill(challenge);
        _challenge = new()
        {
            Flags = _policy.Offered,
            ServerChallenge = challenge,
            TargetName = _policy.ClientBegins ? _names.Domain : "",
            TargetInfo = _names.Describe((ulong)_clock().ToFileTime()),
            Version = NtlmVersion.Ours,
        };
        _challengeBytes = _challenge.Write();
        _stage = NtlmStage.Waiting;
        return new(SecurityContextStatus.Continue, _challengeBytes);
    }

    private SecurityContextStep Judge(ReadOnlySpan<byte> token)
    {
        if (!NtlmAuthenticate.TryParse(token, out var message, out var error))
        {
            return SecurityContextStep.Refuse($"the client's NTLM answer cannot be read: {error}");
        }

        if (message.UserName.Length == 0 || message.NtResponse.IsEmpty)
        {
            return SecurityContextStep.Refuse("the client is anonymous");
        }

        if (message.NtResponse.Length == NtlmResponse.Version1Bytes)
        {
            return SecurityContextStep.Refuse("the client answers with NTLMv1");
        }

        if (_policy.GivenUpIn(message.Flags) is var missing and not NtlmFlags.None)
        {
            return SecurityContextStep.Refuse($"the client's NTLM answer lacks {missing}");
        }

        if (!NtlmResponse.TryParse(message.NtResponse, out var response, out error))
        {
            return SecurityContextStep.Refuse($"the client's NTLM response cannot be read: {error}");
        }

        // On a connection nothing is signed: some clients (curl) say that they send a key and do not.
        var isKeyRight = message.SessionKey.Length == NtlmMath.HashBytes || (_policy.ClientBegins && message.SessionKey.IsEmpty);
        return isKeyRight
            ? Judge(message, response, token)
            : SecurityContextStep.Refuse("the client's NTLM answer has no session key of 16 bytes");
    }

    private SecurityContextStep Judge(NtlmAuthenticate message, NtlmResponse response, ReadOnlySpan<byte> token)
    {
        Span<byte> secrets = stackalloc byte[4 * NtlmMath.HashBytes];
        var responseKey = secrets[..16];
        var proof = secrets[16..32];
        var baseKey = secrets[32..48];
        var sessionKey = secrets[48..64];
        try
        {
            var isKnown = TryGetResponseKey(message, responseKey);
            _math.Prove(responseKey, _challenge!.ServerChallenge.Span, response.Blob.Span, proof);
            if (!(CryptographicOperations.FixedTimeEquals(proof, response.Proof.Span) & isKnown))
            {
                return SecurityContextStep.Refuse(NotProven) with { Login = LoginOf(message) };
            }

            // From here on the client knows the password; what it says of itself may be told apart.
            if (!response.Pairs.Contains(_challenge.TargetInfo!))
            {
                return SecurityContextStep.Refuse("the client answers the challenge of another server");
            }

            if (!IsNow(response.Time))
            {
                return SecurityContextStep.Refuse($"the client's clock is more than {MaxSkew.TotalMinutes} minutes from ours");
            }

            _math.DeriveSessionBaseKey(responseKey, proof, baseKey);
            if (message.SessionKey.IsEmpty)
            {
                baseKey.CopyTo(sessionKey);
            }
            else
            {
                message.SessionKey.Span.CopyTo(sessionKey);
                Rc4.Apply(baseKey, sessionKey);
            }

            if (response.Pairs.HasMic && !HasRightMic(message, token, sessionKey))
            {
                return SecurityContextStep.Refuse("the messages of the NTLM handshake were changed on the way");
            }

            _session = new(message.Flags, sessionKey, NtlmDirection.ServerToClient);
            Peer = LoginOf(message);
            return new(SecurityContextStatus.Established);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
        }
    }

    private static string LoginOf(NtlmAuthenticate message) => new NtlmName(message.UserName, message.Domain).ToString();

    private bool TryGetResponseKey(NtlmAuthenticate message, Span<byte> key)
    {
        Span<byte> passwordHash = stackalloc byte[NtlmMath.HashBytes];

        // Nobody's password, for a user who is not known: nobody can prove it.
        _random.Fill(passwordHash);
        Span<byte> known = stackalloc byte[NtlmMath.HashBytes];
        var isKnown = _users.TryGetPasswordHash(message.UserName, message.Domain, known);
        if (isKnown)
        {
            known.CopyTo(passwordHash);
        }

        _math.DeriveResponseKey(passwordHash, message.UserName, message.Domain, key);
        CryptographicOperations.ZeroMemory(passwordHash);
        CryptographicOperations.ZeroMemory(known);
        return isKnown;
    }

    private bool IsNow(ulong time)
    {
        var now = (ulong)_clock().ToFileTime();
        return (time > now ? time - now : now - time) <= (ulong)MaxSkew.Ticks;
    }

    private bool HasRightMic(NtlmAuthenticate message, ReadOnlySpan<byte> token, ReadOnlySpan<byte> sessionKey)
    {
        if (message.Mic is not { } mic)
        {
            return false;
        }

        var bytes = token.ToArray();
        bytes.AsSpan(NtlmAuthenticate.MicOffset, NtlmAuthenticate.MicBytes).Clear();
        Span<byte> expected = stackalloc byte[NtlmAuthenticate.MicBytes];
        _math.Seal(sessionKey, _negotiateBytes, _challengeBytes, bytes, expected);
        return CryptographicOperations.FixedTimeEquals(expected, mic);
    }
}
