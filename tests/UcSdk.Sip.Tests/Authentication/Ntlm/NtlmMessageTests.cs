using System.Buffers.Binary;

namespace UcSdk.Sip.Tests;

/// <summary>The three messages: bytes that others wrote come out as they went in; what is out of place is refused.</summary>
public sealed class NtlmMessageTests
{
    [Theory]
    [InlineData(NtlmVectors.Challenge1, 0xE2028233, "Server", false)]
    [InlineData(NtlmVectors.ChallengeWithClientChallenge, 0x820A8233, "Server", false)]
    [InlineData(NtlmVectors.Challenge2, 0xE28A8233, "Server", true)]
    [InlineData(NtlmVectors.CapturedChallenge, 0xE29882F3, "", true)]
    public void A_challenge_of_others_is_read_and_written_as_it_was(string digits, uint flags, string target, bool hasInfo)
    {
        var bytes = NtlmVectors.Hex(digits);
        Assert.True(NtlmChallenge.TryParse(bytes, out var challenge, out _));
        Assert.Equal((NtlmFlags)flags, challenge.Flags);
        Assert.Equal(target, challenge.TargetName);
        Assert.Equal(hasInfo, challenge.TargetInfo is not null);
        Assert.Equal(digits, Convert.ToHexString(challenge.Write()));
    }

    [Theory]
    [InlineData(NtlmVectors.Authenticate1, "Domain", "COMPUTER", 24)]
    [InlineData(NtlmVectors.AuthenticateWithClientChallenge, "Domain", "COMPUTER", 24)]
    [InlineData(NtlmVectors.Authenticate2, "Domain", "COMPUTER", 84)]
    [InlineData(NtlmVectors.CapturedAuthenticate, "COSMO", "COSMO-OCS-R2", 198)]
    public void An_answer_of_others_is_read_and_written_as_it_was(string digits, string domain, string workstation, int responseBytes)
    {
        Assert.True(NtlmAuthenticate.TryParse(NtlmVectors.Hex(digits), out var message, out _));
        Assert.Equal((domain, "User", workstation), (message.Domain, message.UserName, message.Workstation));
        Assert.Equal(responseBytes, message.NtResponse.Length);
        Assert.Null(message.Mic);
        Assert.Equal(digits, Convert.ToHexString(message.Write()));
    }

    [Fact]
    public void The_pairs_of_the_captured_server_say_who_it_is()
    {
        Assert.True(NtlmChallenge.TryParse(NtlmVectors.Hex(NtlmVectors.CapturedChallenge), out var challenge, out _));
        Assert.Equal(new NtlmVersion(5, 2, 3790, 15), challenge.Version);
        Assert.Equal(
            ["DomainName COSMO", "ComputerName COSMO-OCS-R2", "DnsDomainName cosmo.local", "DnsComputerName cosmo-ocs-r2.cosmo.local", "DnsTreeName cosmo.local"],
            challenge.TargetInfo!.Pairs.Select(pair => $"{pair.Id} {NtlmText.Read(pair.Value.Span, true)}"));
    }

    [Fact]
    public void A_first_message_is_read_as_Windows_writes_it()
    {
        // [MS-NLMP] §2.2.1.1: with names in the code page, and without.
        var bytes = NtlmVectors.Hex("4E544C4D535350000100000000300002040004002800000004000400" + "2C000000" + "010101000000000F" + "636166E9" + "636166E9");
        Assert.True(NtlmNegotiate.TryParse(bytes, out var message, out _));
        Assert.Equal(("café", "café", new NtlmVersion(1, 1, 1, 15)), (message.Domain, message.Workstation, message.Version));
        Assert.Equal("4E544C4D535350000100000000300002" + "0400040028000000" + "040004002C000000" + "010101000000000F" + "636166E9636166E9", Convert.ToHexString(message.Write()));

        bytes = NtlmVectors.Hex("4E544C4D5353500001000000070208000000000020000000000000002000" + "0000");
        Assert.True(NtlmNegotiate.TryParse(bytes, out message, out _));
        Assert.Equal((NtlmFlags)0x00080207, message.Flags);
        Assert.Equal(("", "", null), (message.Domain, message.Workstation, message.Version));
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(message.Write()));
    }

    [Fact]
    public void Names_survive_that_are_no_text()
    {
        var message = new NtlmAuthenticate { Flags = NtlmFlags.Unicode, UserName = "half \uD800 a pair", Domain = "Ω", Workstation = "w" };
        Assert.True(NtlmAuthenticate.TryParse(message.Write(), out var read, out _));
        Assert.Equal(("half \uD800 a pair", "Ω", "w"), (read.UserName, read.Domain, read.Workstation));
        var narrow = new NtlmAuthenticate { Flags = NtlmFlags.Oem, UserName = "café" };
        Assert.True(NtlmAuthenticate.TryParse(narrow.Write(), out read, out _));
        Assert.Equal("café", read.UserName);
    }

    [Fact]
    public void A_code_of_the_handshake_is_there_when_the_fields_leave_room()
    {
        var mic = NtlmVectors.Hex("000102030405060708090A0B0C0D0E0F");
        var bytes = new NtlmAuthenticate { Flags = NtlmFlags.Unicode, UserName = "u", Mic = mic }.Write();
        Assert.True(NtlmAuthenticate.TryParse(bytes, out var read, out _));
        Assert.Equal(mic, read.Mic!);
        Assert.Equal(mic, bytes[NtlmAuthenticate.MicOffset..(NtlmAuthenticate.MicOffset + 16)]);
    }

    [Theory]
    // Where field 36, the user, points to: into the fixed part, beyond the end, so far that the sum overflows, into the domain before it and the workstation after.
    [InlineData(8, 71)]
    [InlineData(8, 345)]
    [InlineData(8, uint.MaxValue)]
    [InlineData(8, uint.MaxValue - 4)]
    [InlineData(8, int.MaxValue)]
    [InlineData(8, 81)]
    [InlineData(9, 82)]
    [InlineData(ushort.MaxValue, 82)]
    [InlineData(0x120, 0)]
    public void A_field_that_is_out_of_place_is_refused(ushort length, uint offset)
    {
        var bytes = NtlmVectors.Hex(NtlmVectors.CapturedAuthenticate);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(36), length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), offset);
        Assert.False(NtlmAuthenticate.TryParse(bytes, out _, out var error));
        Assert.InRange(error.Offset, 36, 44);
        Assert.Contains("§2.2.1.3", error.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_field_may_point_anywhere()
    {
        var bytes = NtlmVectors.Hex(NtlmVectors.AuthenticateWithClientChallenge);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(56), uint.MaxValue);
        Assert.True(NtlmAuthenticate.TryParse(bytes, out var message, out _));
        Assert.True(message.SessionKey.IsEmpty);
    }

    [Fact]
    public void A_name_is_of_whole_units()
    {
        var bytes = NtlmVectors.Hex(NtlmVectors.CapturedAuthenticate);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(36), 7);
        Assert.False(NtlmAuthenticate.TryParse(bytes, out _, out var error));
        Assert.Equal("a name of whole UTF-16 units", error.Expected);
    }

    [Fact]
    public void A_message_is_of_its_type()
    {
        Assert.False(NtlmAuthenticate.TryParse(NtlmVectors.Hex(NtlmVectors.CapturedChallenge), out _, out var error));
        Assert.Equal("message type 3", error.Expected);
        Assert.False(NtlmChallenge.TryParse(NtlmVectors.Hex(NtlmVectors.CapturedAuthenticate), out _, out _));
        Assert.False(NtlmNegotiate.TryParse(NtlmVectors.Hex(NtlmVectors.CapturedAuthenticate[..200]), out _, out _));
        Assert.False(NtlmChallenge.TryParse("not NTLM, although it is long enough to be a message"u8, out _, out error));
        Assert.Equal(0, error.Offset);
    }

    [Fact]
    public void A_token_is_read_up_to_its_limit_and_not_beyond()
    {
        var longest = NtlmLimits.Token.Maximum;
        byte[] bytes = [.. NtlmVectors.Hex(NtlmVectors.CapturedChallenge), .. new byte[longest]];
        Assert.True(NtlmChallenge.TryParse(bytes.AsSpan(0, longest), out _, out _));
        Assert.False(NtlmChallenge.TryParse(bytes.AsSpan(0, longest + 1), out _, out var error));
        Assert.Equal("NTLM token", error.Rule);
        Assert.False(NtlmAuthenticate.TryParse(new byte[longest + 1], out _, out error));
        Assert.Equal("NTLM token", error.Rule);
    }

    [Fact]
    public void A_first_message_is_read_up_to_its_limit_and_not_beyond()
    {
        var longest = NtlmLimits.Negotiate.Maximum;
        byte[] bytes = [.. NtlmVectors.Hex("4E544C4D53535000010000000702080000000000200000000000000020000000"), .. new byte[longest]];
        Assert.True(NtlmNegotiate.TryParse(bytes.AsSpan(0, longest), out _, out _));
        Assert.False(NtlmNegotiate.TryParse(bytes.AsSpan(0, longest + 1), out _, out var error));
        Assert.Equal("NTLM NEGOTIATE", error.Rule);
    }

    [Fact]
    public void Pairs_are_read_up_to_their_limit_and_not_beyond()
    {
        var pairs = Enumerable.Range(0, NtlmLimits.Pairs.Maximum).Select(n => new NtlmAvPair((NtlmAvId)(100 + n), new byte[] { (byte)n })).ToList();
        Assert.True(NtlmTargetInfo.TryParse(new NtlmTargetInfo(pairs).Write(), out var read, out _));
        Assert.Equal(pairs.Select(pair => pair.Id), read.Pairs.Select(pair => pair.Id));
        Assert.Equal(63, read[(NtlmAvId)163]!.Value.Span[0]);
        Assert.False(NtlmTargetInfo.TryParse(new NtlmTargetInfo([.. pairs, new(NtlmAvId.TargetName, default)]).Write(), out _, out var error));
        Assert.Equal("NTLM AV pairs", error.Rule);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("0100", 0)]
    [InlineData("01000400AAAA00", 4)]
    [InlineData("01000200AAAA", 6)]
    [InlineData("00000100AA", 2)]
    public void Pairs_without_an_end_are_refused(string digits, int offset)
    {
        Assert.False(NtlmTargetInfo.TryParse(NtlmVectors.Hex(digits), out _, out var error));
        Assert.Equal(offset, error.Offset);
    }

    [Fact]
    public void A_pair_replaces_its_like()
    {
        var info = new NtlmTargetInfo(NtlmTargetInfo.Name(NtlmAvId.ComputerName, "A"), new(NtlmAvId.Flags, new byte[] { 1, 0, 0, 0 }));
        Assert.False(info.HasMic);
        var marked = info.WithMic();
        Assert.True(marked.HasMic);
        Assert.Equal([NtlmAvId.ComputerName, NtlmAvId.Flags], marked.Pairs.Select(pair => pair.Id));
        Assert.Equal(3, marked[NtlmAvId.Flags]!.Value.Span[0]);
        Assert.True(marked.Contains(new(NtlmTargetInfo.Name(NtlmAvId.ComputerName, "A"))));
        Assert.False(marked.Contains(new(NtlmTargetInfo.Name(NtlmAvId.ComputerName, "B"))));
        Assert.False(marked.Contains(new(NtlmTargetInfo.Name(NtlmAvId.DomainName, "A"))));
        Assert.True(new NtlmTargetInfo(NtlmTargetInfo.Name(NtlmAvId.ComputerName, "A")).WithMic().HasMic);
    }

    [Fact]
    public void What_cannot_be_written_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => new NtlmTargetInfo(new NtlmAvPair(NtlmAvId.TargetName, new byte[ushort.MaxValue + 1])).Write());
        Assert.Throws<ArgumentException>(() => new NtlmAuthenticate { Flags = NtlmFlags.Unicode, UserName = new('u', ushort.MaxValue) }.Write());
    }
}
