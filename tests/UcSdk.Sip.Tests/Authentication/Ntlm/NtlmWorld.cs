using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>A server of contoso.test with its users, the clients that come to it, and one clock for all that can be set.</summary>
internal sealed class NtlmWorld : INtlmUserStore
{
    public const string Password = "correct horse";

    private readonly SeededRandomSource _random = new(1);

    public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    /// <summary>How many hashes servers have computed.</summary>
    public int Hashes { get; private set; }

    /// <summary>Whom servers have looked up.</summary>
    public List<string> Asked { get; } = [];

    public Dictionary<string, string> Users { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        [@"CONTOSO\alice"] = Password,
        ["alice@contoso.test"] = Password,
        [@"CONTOSO\bob"] = "bob's own",
    };

    public static string Hex(SecurityContextStep step) => Convert.ToHexString(step.Token!);

    public NtlmServerContext Server(string host = "fe.contoso.test") =>
        new(NtlmServerNames.Of(host), this, _random, () => Now, new NtlmMath(() => Hashes++));

    public NtlmClientContext Client(string user = @"CONTOSO\alice", string password = Password) =>
        new(NtlmVectors.Credentials(user, password), _random, () => Now);

    /// <summary>The server's challenge, to a client that begins as those of SIP do.</summary>
    public static byte[] Challenge(NtlmServerContext server)
    {
        var step = server.Advance(ReadOnlyMemory<byte>.Empty);
        Assert.Equal(SecurityContextStatus.Continue, step.Status);
        return step.Token!;
    }

    public static byte[] Answer(NtlmClientContext client, byte[] challenge)
    {
        var step = client.Advance(challenge);
        Assert.Equal(SecurityContextStatus.Established, step.Status);
        return step.Token!;
    }

    /// <summary>What a client sends that knows nothing of MICs, as SIPE: the pairs of the server as they came.</summary>
    public static byte[] AnswerWithoutMic(byte[] challenge, string user, string domain, string password, Func<NtlmAuthenticate, NtlmAuthenticate>? change = null, NtlmTargetInfo? pairs = null)
    {
        Assert.True(NtlmChallenge.TryParse(challenge, out var read, out _));
        var math = new NtlmMath();
        var hash = new byte[16];
        NtlmMath.HashPassword(Encoding.UTF8.GetBytes(password), hash);
        var key = new byte[16];
        math.DeriveResponseKey(hash, user, domain, key);
        var blob = NtlmResponse.WriteBlob(read.TargetInfo!.TimeOf().Time ?? 0, new byte[8], pairs ?? read.TargetInfo);
        var proof = new byte[16];
        math.Prove(key, read.ServerChallenge.Span, blob, proof);
        var baseKey = new byte[16];
        math.DeriveSessionBaseKey(key, proof, baseKey);
        var sessionKey = SessionKey;
        Rc4.Apply(baseKey, sessionKey);
        var message = new NtlmAuthenticate
        {
            Flags = NtlmPolicy.Connectionless.Choose(read.Flags),
            UserName = user,
            Domain = domain,
            Workstation = "W",
            LmResponse = new byte[24],
            NtResponse = (byte[])[.. proof, .. blob],
            SessionKey = sessionKey,
            Version = NtlmVersion.Ours,
        };
        return (change?.Invoke(message) ?? message).Write();
    }

    /// <summary>The session key of <see cref="AnswerWithoutMic"/>.</summary>
    public static byte[] SessionKey => NtlmVectors.Hex("00112233445566778899AABBCCDDEEFF");

    public bool TryGetPasswordHash(string userName, string domain, Span<byte> hash)
    {
        var name = new NtlmName(userName, domain).ToString();
        Asked.Add(name);
        if (!Users.TryGetValue(name, out var password))
        {
            return false;
        }

        NtlmMath.HashPassword(Encoding.UTF8.GetBytes(password), hash);
        return true;
    }
}
