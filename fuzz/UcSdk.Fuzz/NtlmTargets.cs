using System.Buffers;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Fuzz;

/// <summary>NTLM tokens of hostile servers and hostile clients.</summary>
internal static class NtlmTargets
{
    public static readonly FuzzTarget Ntlm = new("ntlm", "ntlm", Run, Message);

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static void Run(byte[] input, RandomSource random)
    {
        var visitedBefore = ScanMeter.Visited;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isNegotiate = NtlmNegotiate.TryParse(input, out var negotiate, out var negotiateError);
        var isChallenge = NtlmChallenge.TryParse(input, out var challenge, out var challengeError);
        var isAuthenticate = NtlmAuthenticate.TryParse(input, out var authenticate, out var authenticateError);
        var isResponse = NtlmResponse.TryParse(authenticate?.NtResponse ?? input, out var response, out var responseError);
        var visited = ScanMeter.Visited - visitedBefore;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        FuzzFinding.Require(visited <= SipTargets.VisitsOf(input.Length) + 256, $"looks at no byte more than 8 times, not {visited} for {input.Length}");
        FuzzFinding.Require(allocated <= 8192 + (20L * input.Length), $"allocates at most 8 kB and 20 times the size, not {allocated} for {input.Length}");
        FuzzFinding.Require(
            isNegotiate == negotiateError.IsNone && isChallenge == challengeError.IsNone && isAuthenticate == authenticateError.IsNone && isResponse == responseError.IsNone,
            "a message or an error, never both");

        // Written once, a message is its own writing.
        RequireStable(negotiate?.Write(), bytes => NtlmNegotiate.TryParse(bytes, out var again, out _) ? again.Write() : null);
        RequireStable(challenge?.Write(), bytes => NtlmChallenge.TryParse(bytes, out var again, out _) ? again.Write() : null);
        RequireStable(authenticate?.Write(), bytes => NtlmAuthenticate.TryParse(bytes, out var again, out _) ? again.Write() : null);
        RequireStable(response?.Pairs.Write(), bytes => NtlmTargetInfo.TryParse(bytes, out var again, out _) ? again.Write() : null);

        AskOurClient(input, challenge, random);
        AskOurServer(input, random);
    }

    // Our client answers what is strong enough, with what can be read and says what the server asked for; or it says why not.
    private static void AskOurClient(byte[] input, NtlmChallenge? challenge, RandomSource random)
    {
        using var password = new SipPassword("secret");
        using var client = new NtlmClientContext(new(@"CONTOSO\alice", password), random, () => Now);
        var step = client.Advance(input);
        if (step.Status != SecurityContextStatus.Established)
        {
            FuzzFinding.Require(!client.IsEstablished && (input.Length == 0 ? step.Token is [] : step is { Token: null, Why: not null }), "a refusal says why");
            return;
        }

        // A challenge may be as long as a token can be; the answer then is longer.
        if (step.Token!.Length <= NtlmLimits.Token.Maximum)
        {
            FuzzFinding.Require(NtlmAuthenticate.TryParse(step.Token, out var answer, out var error), $"our answer can be read: {error}");
            FuzzFinding.Require(answer!.LmResponse.IsEmpty && NtlmPolicy.Connectionless.GivenUpIn(answer.Flags) == NtlmFlags.None, "nobody gets less than NTLMv2");
            var isList = NtlmResponse.TryParse(answer.NtResponse, out var response, out _);
            FuzzFinding.Require(isList || challenge!.TargetInfo!.Pairs.Count == NtlmLimits.Pairs.Maximum, "our response can be read");
        }

        var signature = new ArrayBufferWriter<byte>(NtlmSignature.Bytes);
        client.Sign(input, signature);
        FuzzFinding.Require(!client.Verify(input, signature.WrittenSpan), "what we sign is not taken for the server's");
        FuzzFinding.Require(client.Advance(input).Status == SecurityContextStatus.Refused && client.IsEstablished, "a second challenge changes nothing");
    }

    // Whatever a client says, first or second, it does not get in: not even with everybody's password at hand.
    private static void AskOurServer(byte[] input, RandomSource random)
    {
        using var server = new NtlmServerContext(NtlmServerNames.Of("fe.contoso.test"), new Everybody(), random, () => Now);
        if (server.Advance(input).Status == SecurityContextStatus.Continue)
        {
            FuzzFinding.Require(server.Advance(input).Status == SecurityContextStatus.Refused, "nobody gets in");
        }

        using var second = new NtlmServerContext(NtlmServerNames.Of("fe.contoso.test"), new Everybody(), random, () => Now);
        second.Advance(ReadOnlyMemory<byte>.Empty);
        FuzzFinding.Require(second.Advance(input) is { Status: SecurityContextStatus.Refused, Why: not null } && second.Peer is null, "nobody gets in");
    }

    private static void RequireStable(byte[]? written, Func<byte[], byte[]?> readAndWrite)
    {
        if (written is { Length: var length } && length <= NtlmLimits.Negotiate.Maximum)
        {
            FuzzFinding.Require(readAndWrite(written) is { } again && again.AsSpan().SequenceEqual(written), "a message survives");
        }
    }

    // A message whose descriptions fit, so that what they describe is looked at.
    private static byte[] Message(RandomSource random)
    {
        var flags = (NtlmFlags)random.NextUInt32();
        NtlmVersion? version = random.Next(2) == 0 ? NtlmVersion.Ours : null;
        return random.Next(3) switch
        {
            0 => new NtlmNegotiate { Flags = flags, Domain = Name(random), Workstation = Name(random), Version = version }.Write(),
            1 => new NtlmChallenge
            {
                Flags = random.Next(4) == 0 ? flags : NtlmPolicy.Connectionless.Offered,
                ServerChallenge = Bytes(random, NtlmChallenge.ChallengeBytes),
                TargetName = Name(random),
                TargetInfo = random.Next(8) == 0 ? null : Pairs(random),
                Version = version,
            }.Write(),
            _ => new NtlmAuthenticate
            {
                Flags = random.Next(4) == 0 ? flags : NtlmPolicy.Connectionless.Choose(NtlmPolicy.Connectionless.Offered),
                Domain = Name(random),
                UserName = Name(random),
                Workstation = Name(random),
                LmResponse = Bytes(random, random.Next(2) * 24),
                NtResponse = random.Next(4) == 0
                    ? Bytes(random, random.Next(64))
                    : (byte[])[.. Bytes(random, NtlmResponse.ProofBytes), .. NtlmResponse.WriteBlob((ulong)Now.ToFileTime(), Bytes(random, 8), Pairs(random))],
                SessionKey = Bytes(random, random.Next(4) == 0 ? random.Next(20) : NtlmMath.HashBytes),
                Version = version,
                Mic = random.Next(2) == 0 ? Bytes(random, NtlmAuthenticate.MicBytes) : null,
            }.Write(),
        };
    }

    private static NtlmTargetInfo Pairs(RandomSource random) =>
        new([.. Enumerable.Range(0, random.Next(12)).Select(_ => new NtlmAvPair((NtlmAvId)(1 + random.Next(12)), Bytes(random, random.Next(3) == 0 ? random.Next(20) : 8)))]);

    private static string Name(RandomSource random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)(random.Next(8) == 0 ? random.Next(char.MaxValue) : 'a' + random.Next(26))));

    private static byte[] Bytes(RandomSource random, int count)
    {
        var bytes = new byte[count];
        random.Fill(bytes);
        return bytes;
    }

    private sealed class Everybody : INtlmUserStore
    {
        public bool TryGetPasswordHash(string userName, string domain, Span<byte> hash)
        {
            NtlmMath.HashPassword("secret"u8, hash);
            return true;
        }
    }
}
