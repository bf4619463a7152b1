using System.Buffers;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>A client's side of the handshake ([MS-NLMP] §3.1.5.2).</summary>
public sealed class NtlmClientContextTests
{
    private readonly NtlmWorld _world = new();

    [Fact]
    public void A_client_answers_the_captured_challenge_as_the_captured_client_did()
    {
        // Its challenge and session key; the server told no time.
        var random = new NtlmVectors.Script("D6AE875CB0FDAA41" + NtlmVectors.CapturedSessionKey);
        using var client = new NtlmClientContext(NtlmVectors.Credentials(@"COSMO\User", "Pa$$word"), random, () => NtlmVectors.CapturedTime) { Workstation = "COSMO-OCS-R2" };

        var first = client.Advance(default);
        Assert.Equal(SecurityContextStatus.Continue, first.Status);
        Assert.Equal([], first.Token!);
        Assert.False(client.IsEstablished);
        var answer = client.Advance(NtlmVectors.Hex(NtlmVectors.CapturedChallenge));
        Assert.Equal(SecurityContextStatus.Established, answer.Status);
        Assert.True(client.IsEstablished);

        // All of it, but for the LM response, which the specification now says not to send, and for the version, which is ours.
        Assert.True(NtlmAuthenticate.TryParse(NtlmVectors.Hex(NtlmVectors.CapturedAuthenticate), out var captured, out _));
        var expected = new NtlmAuthenticate
        {
            Flags = captured.Flags,
            Domain = captured.Domain,
            UserName = captured.UserName,
            Workstation = captured.Workstation,
            NtResponse = captured.NtResponse,
            SessionKey = captured.SessionKey,
            Version = NtlmVersion.Ours,
        };
        Assert.Equal(Convert.ToHexString(expected.Write()), Convert.ToHexString(answer.Token!));

        var signature = new ArrayBufferWriter<byte>();
        client.Sign(Encoding.UTF8.GetBytes(NtlmVectors.CapturedRequest), signature);
        Assert.Equal(NtlmVectors.CapturedRequestSignature, Convert.ToHexString(signature.WrittenSpan));
        Assert.True(client.Verify(Encoding.UTF8.GetBytes(NtlmVectors.CapturedResponse), NtlmVectors.Hex(NtlmVectors.CapturedResponseSignature)));
    }

    [Fact]
    public void A_client_uses_the_time_that_the_server_tells_and_seals_the_handshake()
    {
        using var server = _world.Server();
        var challenge = NtlmWorld.Challenge(server);
        var told = (ulong)_world.Now.ToFileTime();
        _world.Now += TimeSpan.FromDays(400);
        using var client = _world.Client();
        Assert.True(NtlmAuthenticate.TryParse(NtlmWorld.Answer(client, challenge), out var answer, out _));
        Assert.True(NtlmResponse.TryParse(answer.NtResponse, out var response, out _));
        Assert.Equal(told, response.Time);
        Assert.True(response.Pairs.HasMic);
        Assert.NotNull(answer.Mic);
        Assert.True(answer.LmResponse.IsEmpty);
        Assert.Equal((NtlmFlags)0x62988255, answer.Flags);
    }

    [Theory]
    [InlineData(@"CONTOSO\alice", "alice", "CONTOSO")]
    [InlineData("alice@contoso.test", "alice@contoso.test", "")]
    [InlineData("alice", "alice", "")]
    [InlineData(@"A\b\c", @"b\c", "A")]
    public void A_name_is_split_at_the_first_backslash(string text, string user, string domain)
    {
        using var client = _world.Client(text);
        Assert.True(NtlmAuthenticate.TryParse(NtlmWorld.Answer(client, NtlmVectors.Hex(NtlmVectors.CapturedChallenge)), out var answer, out _));
        Assert.Equal((user, domain), (answer.UserName, answer.Domain));
        Assert.Equal("", answer.Workstation);
    }

    [Theory]
    // [MS-SIPAE] §3.2: each flag on which signatures stand.
    [InlineData(0x00000001, "Unicode")]
    [InlineData(0x00000010, "Sign")]
    [InlineData(0x00000040, "Datagram")]
    [InlineData(0x00000200, "Ntlm")]
    [InlineData(0x00008000, "AlwaysSign")]
    [InlineData(0x00080000, "ExtendedSessionSecurity")]
    [InlineData(0x00100000, "Identify")]
    [InlineData(0x00800000, "TargetInfo")]
    [InlineData(0x40000000, "KeyExchange")]
    public void A_weaker_challenge_is_refused_with_what_it_lacks(uint flag, string name)
    {
        var challenge = NtlmVectors.Hex(NtlmVectors.CapturedChallenge);
        challenge[20 + (System.Numerics.BitOperations.TrailingZeroCount(flag) / 8)] ^= (byte)(1 << (System.Numerics.BitOperations.TrailingZeroCount(flag) % 8));
        using var client = _world.Client();
        client.Advance(default);
        var step = client.Advance(challenge);
        Assert.Equal(SecurityContextStatus.Refused, step.Status);
        Assert.Equal($"the server's NTLM challenge lacks {name}", step.Why);
        Assert.Null(step.Token);
        Assert.False(client.IsEstablished);
    }

    [Fact]
    public void Neither_NTLMv1_nor_a_list_that_cannot_be_read_is_answered()
    {
        using var first = _world.Client();
        Assert.Contains("lacks", first.Advance(NtlmVectors.Hex(NtlmVectors.Challenge1)).Why, StringComparison.Ordinal);
        using var second = _world.Client();
        var cut = NtlmVectors.Hex(NtlmVectors.CapturedChallenge);
        cut[40] -= 4;
        Assert.Contains("the pair that ends the list", second.Advance(cut).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_is_none_is_refused()
    {
        Assert.True(NtlmChallenge.TryParse(NtlmVectors.Hex(NtlmVectors.CapturedChallenge), out var read, out _));
        var challenge = new NtlmChallenge
        {
            Flags = read.Flags,
            ServerChallenge = read.ServerChallenge,
            TargetInfo = read.TargetInfo!.With(new(NtlmAvId.Timestamp, new byte[7])),
            Version = read.Version,
        };
        using var client = _world.Client();
        Assert.Equal("the time in the server's NTLM challenge cannot be read", client.Advance(challenge.Write()).Why);
    }

    [Fact]
    public void A_server_that_has_no_challenge_is_refused()
    {
        using var client = _world.Client();
        Assert.Equal(SecurityContextStatus.Continue, client.Advance(default).Status);
        Assert.Equal(SecurityContextStatus.Refused, client.Advance(default).Status);
        Assert.Equal("this NTLM handshake is over", client.Advance(NtlmVectors.Hex(NtlmVectors.CapturedChallenge)).Why);
    }

    [Fact]
    public void A_second_challenge_changes_nothing()
    {
        using var client = _world.Client();
        NtlmWorld.Answer(client, NtlmVectors.Hex(NtlmVectors.CapturedChallenge));
        var signature = new ArrayBufferWriter<byte>();
        client.Sign("text"u8, signature);
        Assert.Equal(SecurityContextStatus.Refused, client.Advance(NtlmVectors.Hex(NtlmVectors.CapturedChallenge)).Status);
        Assert.True(client.IsEstablished);
        var again = new ArrayBufferWriter<byte>();
        client.Sign("text"u8, again);
        Assert.Equal(signature.WrittenSpan, again.WrittenSpan);
    }

    [Fact]
    public void A_cleared_password_answers_nothing()
    {
        var credentials = NtlmVectors.Credentials("alice", "secret");
        using var client = new NtlmClientContext(credentials, new UcSdk.Core.SeededRandomSource(1), () => _world.Now);
        credentials.Password.Dispose();
        Assert.Equal("the password was cleared", client.Advance(NtlmVectors.Hex(NtlmVectors.CapturedChallenge)).Why);
    }

    [Fact]
    public void A_name_is_taken_up_to_its_limit_and_not_beyond()
    {
        var longest = NtlmLimits.Name.Maximum;
        using var client = _world.Client(new('a', longest));
        NtlmWorld.Answer(client, NtlmVectors.Hex(NtlmVectors.CapturedChallenge));
        Assert.Throws<ArgumentException>(() => _world.Client(new('a', longest + 1)));
        Assert.Throws<ArgumentException>(() => _world.Client(""));
        Assert.Throws<ArgumentException>(() => _world.Client(@"CONTOSO\"));
    }

    [Fact]
    public void Without_keys_nothing_is_signed()
    {
        var client = _world.Client();
        Assert.Contains("Beginning", Assert.Throws<InvalidOperationException>(() => client.Sign("text"u8, new ArrayBufferWriter<byte>())).Message, StringComparison.Ordinal);
        NtlmWorld.Answer(client, NtlmVectors.Hex(NtlmVectors.CapturedChallenge));
        client.Dispose();
        Assert.False(client.IsEstablished);
        Assert.Contains("Over", Assert.Throws<InvalidOperationException>(() => client.Verify("text"u8, default)).Message, StringComparison.Ordinal);
        client.Dispose();
    }
}
