using System.Buffers;
using System.Security.Cryptography;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A client's side of NTLM: in the connectionless form ([MS-NLMP] §3.1.5.2, [MS-SIPAE] §3.2) an empty token, a CHALLENGE, an AUTHENTICATE, and keys; on a connection (§3.1.5.1) a
/// NEGOTIATE first, and no keys that anybody uses. It answers with NTLMv2 and
/// with nothing else, no LM response of any version included (§3.1.5.2.1), and only to challenges that lead to signatures worth having.
/// </summary>
/// <remarks>Its password is looked at only while it answers; after that the context holds nothing but keys to sign with. Channel bindings and
/// service names are not sent: the
/// challenge of this protocol is bound to no channel, since SIP goes hop by hop.</remarks>
internal sealed class NtlmClientContext : ISecurityContext
{
    private readonly SipCredentials _credentials;
    private readonly NtlmName _name;
    private readonly RandomSource _random;
    private readonly Func<DateTimeOffset> _clock;
    private readonly NtlmMath _math = new();
    private readonly NtlmPolicy _policy;
    private byte[] _negotiate = [];
    private NtlmStage _stage;
    private NtlmSession? _session;

    /// <param name="credentials">The user as <c>DOMAIN\user</c>, <c>user@domain</c> or a bare name, and the password.</param>
    /// <param name="random">Gives the client's challenge and the session key.</param>
    /// <param name="clock">The time, for servers that do not tell theirs.</param>
    /// <param name="policy">The form; null for <see cref="NtlmPolicy.Connectionless"/>.</param>
    /// <exception cref="ArgumentException">The user's name is empty or longer than <see cref="NtlmLimits.Name"/>.</exception>
    public NtlmClientContext(SipCredentials credentials, RandomSource random, Func<DateTimeOffset> clock, NtlmPolicy? policy = null)
    {
        _policy = policy ?? NtlmPolicy.Connectionless;
        _name = NtlmName.Split(credentials.UserName);
        if (_name.User.Length == 0 || !NtlmLimits.Name.Allows(credentials.UserName.Length))
        {
            throw new ArgumentException($"NTLM needs a user's name of at most {NtlmLimits.Name.Maximum} characters.", nameof(credentials));
        }

        _credentials = credentials;
        _random = random;
        _clock = clock;
    }

    /// <summary>The machine that the message names; empty, the default, tells nothing of it.</summary>
    public string Workstation { get; init; } = "";

    public bool MayBlock => false;

    public bool IsEstablished => _stage == NtlmStage.Established;

    public DateTimeOffset? Expires => null;

    public string? Peer => null;

    public SecurityContextStep Advance(ReadOnlyMemory<byte> token)
    {
        if (_stage is NtlmStage.Established or NtlmStage.Over)
        {
            return SecurityContextStep.Refuse("this NTLM handshake is over");
        }

        if (token.IsEmpty && _stage == NtlmStage.Beginning)
        {
            _stage = NtlmStage.Waiting;
            _negotiate = _policy.ClientBegins ? new NtlmNegotiate { Flags = _policy.Requested, Version = NtlmVersion.Ours }.Write() : [];
            return new(SecurityContextStatus.Continue, _negotiate);
        }

        var step = Answer(token.Span);
        _stage = step.Status == SecurityContextStatus.Established ? NtlmStage.Established : NtlmStage.Over;
        return step;
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
        _session ?? throw new InvalidOperationException($"{operation}: the NTLM client context is not established ({_stage}).");

    private SecurityContextStep Answer(ReadOnlySpan<byte> token)
    {
        if (!NtlmChallenge.TryParse(token, out var challenge, out var error))
        {
            return SecurityContextStep.Refuse($"the server's NTLM challenge cannot be read: {error}");
        }

        if (_policy.MissingIn(challenge.Flags) is var missing and not NtlmFlags.None)
        {
            return SecurityContextStep.Refuse($"the server's NTLM challenge lacks {missing}");
        }

        var (time, isReadable) = challenge.TargetInfo!.TimeOf();
        if (!isReadable)
        {
            return SecurityContextStep.Refuse("the time in the server's NTLM challenge cannot be read");
        }

        return _credentials.Password.IsCleared
            ? SecurityContextStep.Refuse("the password was cleared")
            : new(SecurityContextStatus.Established, Answer(challenge, token, time));
    }

    private byte[] Answer(NtlmChallenge challenge, ReadOnlySpan<byte> challengeBytes, ulong? serverTime)
    {
        // §3.1.5.2.1: a server that tells its time can check a MIC, and gets one.
        var pairs = serverTime is null ? challenge.TargetInfo! : challenge.TargetInfo!.WithMic();
        Span<byte> secrets = stackalloc byte[5 * NtlmMath.HashBytes];
        var passwordHash = secrets[..16];
        var responseKey = secrets[16..32];
        var proof = secrets[32..48];
        var baseKey = secrets[48..64];
        var sessionKey = secrets[64..80];
        Span<byte> clientChallenge = stackalloc byte[NtlmResponse.ChallengeBytes];
        _random.Fill(clientChallenge);
        _random.Fill(sessionKey);

        NtlmMath.HashPassword(_credentials.Password.Bytes.Span, passwordHash);
        _math.DeriveResponseKey(passwordHash, _name.User, _name.Domain, responseKey);
        var blob = NtlmResponse.WriteBlob(serverTime ?? (ulong)_clock().ToFileTime(), clientChallenge, pairs);
        _math.Prove(responseKey, challenge.ServerChallenge.Span, blob, proof);
        _math.DeriveSessionBaseKey(responseKey, proof, baseKey);
        var flags = _policy.Choose(challenge.Flags);
        var wrappedKey = Array.Empty<byte>();
        if (flags.HasFlag(NtlmFlags.KeyExchange))
        {
            wrappedKey = sessionKey.ToArray();
            Rc4.Apply(baseKey, wrappedKey);
        }
        else
        {
            // Where no key is sent, the one that both sides know already is the session's (§3.1.5.1.2).
            baseKey.CopyTo(sessionKey);
        }

        var message = new NtlmAuthenticate
        {
            Flags = flags,
            Domain = _name.Domain,
            UserName = _name.User,
            Workstation = Workstation,
            NtResponse = (byte[])[.. proof, .. blob],
            SessionKey = wrappedKey,
            Version = flags.HasFlag(NtlmFlags.Version) ? NtlmVersion.Ours : null,
            Mic = serverTime is null ? null : new byte[NtlmAuthenticate.MicBytes],
        }.Write();
        if (serverTime is not null)
        {
            Span<byte> mic = stackalloc byte[NtlmAuthenticate.MicBytes];
            _math.Seal(sessionKey, _negotiate, challengeBytes, message, mic);
            mic.CopyTo(message.AsSpan(NtlmAuthenticate.MicOffset));
        }

        _session = new(flags, sessionKey, NtlmDirection.ClientToServer);
        CryptographicOperations.ZeroMemory(secrets);
        return message;
    }
}
