using System.Buffers;

namespace UcSdk.Sip.Tests;

/// <summary>Somebody between client and server who changes what they say.</summary>
public sealed class NtlmAttackTests
{
    private readonly NtlmWorld _world = new();

    [Fact]
    public void A_challenge_with_any_bit_changed_ends_the_handshake_on_one_side_or_the_other()
    {
        for (int bit = 0, bits = 8; bit < bits; bit++)
        {
            using var server = _world.Server();
            using var client = _world.Client();
            var challenge = NtlmWorld.Challenge(server).ToArray();
            bits = challenge.Length * 8;
            Flip(challenge, bit);
            var answer = client.Advance(challenge);
            if (answer.Status == SecurityContextStatus.Established)
            {
                Assert.Equal(SecurityContextStatus.Refused, server.Advance(answer.Token).Status);
            }

            Assert.False(server.IsEstablished, $"bit {bit}");
        }
    }

    [Fact]
    public void An_answer_with_any_bit_changed_is_refused()
    {
        for (int bit = 0, bits = 8; bit < bits; bit++)
        {
            using var server = _world.Server();
            using var client = _world.Client();
            var answer = NtlmWorld.Answer(client, NtlmWorld.Challenge(server));
            bits = answer.Length * 8;
            Flip(answer, bit);
            Assert.True(server.Advance(answer).Status == SecurityContextStatus.Refused, $"bit {bit}");
            Assert.Null(server.Peer);
        }
    }

    [Fact]
    public void An_answer_without_a_MIC_with_any_bit_changed_is_refused_or_means_the_same_or_its_first_signature_fails()
    {
        using var keys = new NtlmSession((NtlmFlags)0x62988255, NtlmWorld.SessionKey, NtlmDirection.ClientToServer);
        var signature = new ArrayBufferWriter<byte>();
        keys.Sign("text"u8, signature);
        var (refused, failed, same) = (0, 0, 0);
        for (int bit = 0, bits = 8; bit < bits; bit++)
        {
            using var server = _world.Server();
            var answer = NtlmWorld.AnswerWithoutMic(NtlmWorld.Challenge(server), "alice", "CONTOSO", NtlmWorld.Password);
            bits = answer.Length * 8;
            Flip(answer, bit);
            if (server.Advance(answer).Status == SecurityContextStatus.Refused)
            {
                refused++;
                continue;
            }

            Assert.Equal(@"CONTOSO\alice", server.Peer, ignoreCase: true);
            _ = server.Verify("text"u8, signature.WrittenSpan) ? same++ : failed++;
        }

        // The session key (128 bits) and its length for the sealing key: nobody can use keys that only an attacker has made different.
        Assert.Equal(129, failed);
        Assert.True(refused > 1000 && same > 0, $"{refused} refused, {same} the same");
    }

    [Fact]
    public void A_message_cut_anywhere_is_refused()
    {
        using var whole = _world.Server();
        using var client = _world.Client();
        var challenge = NtlmWorld.Challenge(whole);
        var answer = NtlmWorld.Answer(client, challenge);
        for (var length = 1; length < challenge.Length; length++)
        {
            using var another = _world.Client();
            Assert.Equal(SecurityContextStatus.Refused, another.Advance(challenge.AsMemory(0, length)).Status);
        }

        for (var length = 0; length < answer.Length; length++)
        {
            using var server = _world.Server();
            NtlmWorld.Challenge(server);
            Assert.Equal(SecurityContextStatus.Refused, server.Advance(answer.AsMemory(0, length)).Status);
        }
    }

    [Fact]
    public void The_proof_of_one_user_is_not_that_of_another()
    {
        // Bob knows his own password, and puts Alice's name above it.
        using var server = _world.Server();
        var answer = NtlmWorld.AnswerWithoutMic(
            NtlmWorld.Challenge(server), "bob", "CONTOSO", "bob's own", message => new()
            {
                Flags = message.Flags,
                UserName = "alice",
                Domain = message.Domain,
                NtResponse = message.NtResponse,
                SessionKey = message.SessionKey,
                Version = message.Version,
            });
        Assert.Equal("the user is not known, or the password is wrong", server.Advance(answer).Why);
    }

    [Fact]
    public void A_challenge_sent_back_to_its_server_is_no_answer()
    {
        using var server = _world.Server();
        var challenge = NtlmWorld.Challenge(server);
        Assert.Equal(SecurityContextStatus.Refused, server.Advance(challenge).Status);
        using var client = _world.Client();
        using var other = _world.Client();
        var answer = NtlmWorld.Answer(client, challenge);
        Assert.Equal(SecurityContextStatus.Refused, other.Advance(answer).Status);
    }

    [Fact]
    public void A_MIC_that_is_announced_and_missing_is_refused()
    {
        using var server = _world.Server();
        var challenge = NtlmWorld.Challenge(server);
        Assert.True(NtlmChallenge.TryParse(challenge, out var read, out _));
        var answer = NtlmWorld.AnswerWithoutMic(challenge, "alice", "CONTOSO", NtlmWorld.Password, pairs: read.TargetInfo!.WithMic());
        Assert.Equal("the messages of the NTLM handshake were changed on the way", server.Advance(answer).Why);
    }

    [Fact]
    public void What_is_said_of_a_refusal_names_nobody_and_no_secret()
    {
        using var server = _world.Server();
        using var client = _world.Client(password: "incorrect");
        var step = server.Advance(NtlmWorld.Answer(client, NtlmWorld.Challenge(server)));
        Assert.DoesNotContain("alice", step.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("incorrect", step.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("alice", new NtlmAuthenticate { Flags = 0, UserName = "alice" }.ToString(), StringComparison.Ordinal);
    }

    private static void Flip(byte[] bytes, int bit) => bytes[bit / 8] ^= (byte)(1 << (bit % 8));
}
