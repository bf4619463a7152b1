using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>A server's side of the handshake ([MS-NLMP] §3.2.5.2), and both sides together.</summary>
public sealed class NtlmServerContextTests
{
    private readonly NtlmWorld _world = new();

    [Fact]
    public void A_server_challenges_as_the_captured_server_does()
    {
        using var server = _world.Server(host: "cosmo-ocs-r2.cosmo.local");
        Assert.True(NtlmChallenge.TryParse(NtlmWorld.Challenge(server), out var challenge, out _));
        Assert.True(NtlmChallenge.TryParse(NtlmVectors.Hex(NtlmVectors.CapturedChallenge), out var captured, out _));
        Assert.Equal(captured.Flags, challenge.Flags);
        Assert.Equal("", challenge.TargetName);
        Assert.Equal(
            captured.TargetInfo!.Pairs.Select(pair => $"{pair.Id} {Convert.ToHexString(pair.Value.Span)}"),
            challenge.TargetInfo!.Pairs.SkipLast(1).Select(pair => $"{pair.Id} {Convert.ToHexString(pair.Value.Span)}"));
        Assert.Equal((ulong)_world.Now.ToFileTime(), challenge.TargetInfo.TimeOf().Time);
        using var other = _world.Server();
        Assert.True(NtlmChallenge.TryParse(NtlmWorld.Challenge(other), out var second, out _));
        Assert.NotEqual(challenge.ServerChallenge.ToArray(), second.ServerChallenge.ToArray());
    }

    [Theory]
    [InlineData(@"CONTOSO\alice", @"CONTOSO\alice")]
    [InlineData(@"contoso\ALICE", @"contoso\ALICE")]
    [InlineData("alice@contoso.test", "alice@contoso.test")]
    public void Client_and_server_agree_on_who_it_is_and_on_keys(string user, string peer)
    {
        using var server = _world.Server();
        using var client = _world.Client(user);
        Assert.Equal([], client.Advance(default).Token!);
        var step = server.Advance(NtlmWorld.Answer(client, NtlmWorld.Challenge(server)));
        Assert.Equal(SecurityContextStatus.Established, step.Status);
        Assert.Null(step.Token);
        Assert.Equal(peer, server.Peer);
        Assert.Null(client.Peer);
        Assert.Equal((false, false, null, null), (server.MayBlock, client.MayBlock, server.Expires, client.Expires));
        AssertTalk(client, server);
    }

    [Fact]
    public void A_client_that_begins_with_a_message_of_its_own_is_understood()
    {
        var negotiate = NtlmVectors.Hex("4E544C4D53535000010000000702080000000000200000000000000020000000");
        using var server = _world.Server();
        var challenge = server.Advance(negotiate).Token!;

        // Such a client seals that message too.
        using var client = _world.Client();
        var answer = NtlmWorld.Answer(client, challenge);
        Assert.Equal("the messages of the NTLM handshake were changed on the way", server.Advance(answer).Why);

        using var again = _world.Server();
        challenge = again.Advance(negotiate).Token!;
        answer = NtlmWorld.AnswerWithoutMic(challenge, "alice", "CONTOSO", NtlmWorld.Password);
        Assert.Equal(SecurityContextStatus.Established, again.Advance(answer).Status);

        // Sealed as §3.1.5.1.2 has it: all three messages.
        using var sealing = _world.Server();
        challenge = sealing.Advance(negotiate).Token!;
        Assert.True(NtlmChallenge.TryParse(challenge, out var read, out _));
        answer = NtlmWorld.AnswerWithoutMic(
            challenge, "alice", "CONTOSO", NtlmWorld.Password, message => With(message, mic: new byte[16]), read.TargetInfo!.WithMic());
        var mic = HMACMD5.HashData(NtlmWorld.SessionKey, (byte[])[.. negotiate, .. challenge, .. answer]);
        mic.CopyTo(answer, NtlmAuthenticate.MicOffset);
        Assert.Equal(SecurityContextStatus.Established, sealing.Advance(answer).Status);

        using var third = _world.Server();
        Assert.Contains("cannot be read", third.Advance("NTLMSSP"u8.ToArray()).Why, StringComparison.Ordinal);
        Assert.Equal("this NTLM handshake is over", third.Advance(default).Why);
    }

    [Fact]
    public void A_client_without_a_MIC_is_accepted()
    {
        using var server = _world.Server();
        var answer = NtlmWorld.AnswerWithoutMic(NtlmWorld.Challenge(server), "alice", "CONTOSO", NtlmWorld.Password);
        Assert.Equal(SecurityContextStatus.Established, server.Advance(answer).Status);
        Assert.Equal(@"CONTOSO\alice", server.Peer);
        using var keys = new NtlmSession((NtlmFlags)0x62988255, NtlmWorld.SessionKey, NtlmDirection.ClientToServer);
        var signature = new ArrayBufferWriter<byte>();
        keys.Sign("text"u8, signature);
        Assert.True(server.Verify("text"u8, signature.WrittenSpan));
    }

    [Fact]
    public void An_unknown_user_costs_what_a_wrong_password_costs()
    {
        var (wrong, wrongHashes) = Judge(@"CONTOSO\alice", "incorrect");
        var (unknown, unknownHashes) = Judge(@"CONTOSO\nobody", NtlmWorld.Password);
        Assert.Equal(SecurityContextStatus.Refused, wrong.Status);
        Assert.Equal("the user is not known, or the password is wrong", wrong.Why);
        Assert.Equal(wrong, unknown with { Login = wrong.Login });
        Assert.Equal((@"CONTOSO\alice", @"CONTOSO\nobody"), (wrong.Login, unknown.Login));
        Assert.Equal(2, wrongHashes);
        Assert.Equal(wrongHashes, unknownHashes);
        Assert.Equal([@"CONTOSO\alice", @"CONTOSO\nobody"], _world.Asked);
    }

    [Theory]
    // The domain is part of the proof.
    [InlineData(@"OTHER\alice")]
    [InlineData("alice")]
    [InlineData(@"contoso.test\alice")]
    public void A_user_of_another_domain_is_another_user(string user) => Assert.Equal("the user is not known, or the password is wrong", Judge(user, NtlmWorld.Password).Step.Why);

    [Fact]
    public void Without_a_name_nobody_is_looked_up()
    {
        Assert.Equal("the client is anonymous", Change(message => With(message, user: "")).Why);
        Assert.Equal("the client is anonymous", Change(message => With(message, response: [])).Why);
        Assert.Empty(_world.Asked);
    }

    [Fact]
    public void NTLMv1_is_refused_before_anybody_is_looked_up()
    {
        foreach (var answer in (string[])[NtlmVectors.Authenticate1, NtlmVectors.AuthenticateWithClientChallenge])
        {
            using var server = _world.Server();
            NtlmWorld.Challenge(server);
            Assert.Equal("the client answers with NTLMv1", server.Advance(NtlmVectors.Hex(answer)).Why);
        }

        Assert.Empty(_world.Asked);
        Assert.Equal(0, _world.Hashes);
    }

    [Theory]
    [InlineData(NtlmFlags.Unicode, "lacks Unicode")]
    [InlineData(NtlmFlags.Sign, "lacks Sign")]
    [InlineData(NtlmFlags.Datagram, "lacks Datagram")]
    [InlineData(NtlmFlags.Ntlm, "lacks Ntlm")]
    [InlineData(NtlmFlags.KeyExchange, "lacks KeyExchange")]
    [InlineData(NtlmFlags.ExtendedSessionSecurity, "lacks ExtendedSessionSecurity")]
    public void A_weaker_answer_is_refused(object flag, string why)
    {
        var step = Change(message => With(message, flags: message.Flags & ~(NtlmFlags)flag));
        Assert.Equal(SecurityContextStatus.Refused, step.Status);
        Assert.EndsWith(why, step.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void A_session_key_has_sixteen_bytes(int length)
    {
        var step = Change(message => With(message, sessionKey: new byte[length]));
        Assert.Equal("the client's NTLM answer has no session key of 16 bytes", step.Why);
    }

    [Fact]
    public void The_answer_to_another_servers_challenge_is_refused()
    {
        // A server in the middle challenges with our eight bytes, and says to be itself.
        using var server = _world.Server();
        var step = server.Advance(NtlmWorld.AnswerWithoutMic(
            NtlmWorld.Challenge(server), "alice", "CONTOSO", NtlmWorld.Password, pairs: NtlmServerNames.Of("evil.example").Describe((ulong)_world.Now.ToFileTime())));
        Assert.Equal("the client answers the challenge of another server", step.Why);
    }

    [Fact]
    public void An_answer_is_not_taken_twice()
    {
        using var server = _world.Server();
        using var client = _world.Client();
        var answer = NtlmWorld.Answer(client, NtlmWorld.Challenge(server));
        Assert.Equal(SecurityContextStatus.Established, server.Advance(answer).Status);
        Assert.Equal("this NTLM handshake is over", server.Advance(answer).Why);
        Assert.True(server.IsEstablished);

        using var another = _world.Server();
        NtlmWorld.Challenge(another);
        Assert.Equal("the user is not known, or the password is wrong", another.Advance(answer).Why);
        Assert.Null(another.Peer);
        Assert.False(another.IsEstablished);
        Assert.Equal("this NTLM handshake is over", another.Advance(default).Why);
    }

    [Theory]
    [InlineData(15, 0, true)]
    [InlineData(15, 1, false)]
    [InlineData(-15, 0, true)]
    [InlineData(-15, -1, false)]
    public void The_time_of_an_answer_is_now(int minutes, int ticks, bool isNow)
    {
        // The client has the server's time; it is the server's clock that has gone on meanwhile, or back.
        using var server = _world.Server();
        using var client = _world.Client();
        var answer = NtlmWorld.Answer(client, NtlmWorld.Challenge(server));
        _world.Now += TimeSpan.FromMinutes(minutes) + TimeSpan.FromTicks(ticks);
        var step = server.Advance(answer);
        Assert.Equal(isNow ? null : "the client's clock is more than 15 minutes from ours", step.Why);
        Assert.Equal(isNow, server.IsEstablished);
    }

    [Fact]
    public void Without_keys_nothing_is_signed()
    {
        var server = _world.Server();
        NtlmWorld.Challenge(server);
        Assert.Contains("Waiting", Assert.Throws<InvalidOperationException>(() => server.Sign("text"u8, new ArrayBufferWriter<byte>())).Message, StringComparison.Ordinal);
        using var client = _world.Client();
        server.Dispose();
        Assert.Equal("this NTLM handshake is over", server.Advance(default).Why);
        Assert.Throws<InvalidOperationException>(() => server.Verify("text"u8, default));
    }

    [Fact]
    public void Names_of_a_server_come_from_its_host()
    {
        Assert.Equal(new("FE", "CONTOSO", "fe.contoso.test", "contoso.test"), NtlmServerNames.Of("fe.contoso.test"));
        Assert.Equal(new("LAB", "LAB", "lab", "lab"), NtlmServerNames.Of("lab"));
        Assert.Equal("A-VERY-LONG-NAM", NtlmServerNames.Of("a-very-long-name.test").Computer);
    }

    private static void AssertTalk(NtlmClientContext client, NtlmServerContext server)
    {
        var text = Encoding.UTF8.GetBytes(NtlmVectors.CapturedRequest);
        var signature = new ArrayBufferWriter<byte>();
        client.Sign(text, signature);
        Assert.True(server.Verify(text, signature.WrittenSpan));
        Assert.False(client.Verify(text, signature.WrittenSpan), "what the client signs is not taken for the server's");
        signature.Clear();
        server.Sign(text, signature);
        Assert.True(client.Verify(text, signature.WrittenSpan));
        Assert.False(server.Verify(text, signature.WrittenSpan), "what the server signs is not taken for the client's");
        text[0] ^= 1;
        Assert.False(client.Verify(text, signature.WrittenSpan));
    }

    private static NtlmAuthenticate With(NtlmAuthenticate message, NtlmFlags? flags = null, string? user = null, byte[]? response = null, byte[]? sessionKey = null, byte[]? mic = null) => new()
    {
        Flags = flags ?? message.Flags,
        UserName = user ?? message.UserName,
        Domain = message.Domain,
        Workstation = message.Workstation,
        LmResponse = message.LmResponse,
        NtResponse = response ?? message.NtResponse,
        SessionKey = sessionKey ?? message.SessionKey,
        Version = message.Version,
        Mic = mic,
    };

    private SecurityContextStep Change(Func<NtlmAuthenticate, NtlmAuthenticate> change)
    {
        using var server = _world.Server();
        return server.Advance(NtlmWorld.AnswerWithoutMic(NtlmWorld.Challenge(server), "alice", "CONTOSO", NtlmWorld.Password, change));
    }

    private (SecurityContextStep Step, int Hashes) Judge(string user, string password)
    {
        using var server = _world.Server();
        using var client = _world.Client(user, password);
        var before = _world.Hashes;
        return (server.Advance(NtlmWorld.Answer(client, NtlmWorld.Challenge(server))), _world.Hashes - before);
    }
}
