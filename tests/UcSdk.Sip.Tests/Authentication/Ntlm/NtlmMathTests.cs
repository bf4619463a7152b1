using System.Security.Cryptography;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>The computations against [MS-NLMP] §4.2 and against a captured sign-in.</summary>
public sealed class NtlmMathTests
{
    private readonly NtlmMath _math = new();

    [Theory]
    // [MS-NLMP] §4.2.2.1.2: NTOWFv1.
    [InlineData("Password", "A4F49C406510BDCAB6824EE7C30FD852")]
    // UTF-16 beyond ASCII, from `printf 'grüße€' | iconv -t UTF-16LE | openssl dgst -md4`.
    [InlineData("grüße€", "34D890D24307752EBEEE5F4A0F61C7CB")]
    public void A_password_is_hashed_as_UTF_16(string password, string expected)
    {
        var hash = new byte[16];
        NtlmMath.HashPassword(Encoding.UTF8.GetBytes(password), hash);
        Assert.Equal(expected, Convert.ToHexString(hash));
    }

    [Theory]
    // [MS-NLMP] §§4.2.4.1.1, 4.2.4.2.2, 4.2.4.1.2, 4.2.4.2.3.
    [InlineData("Password", "User", "Domain", "0123456789ABCDEF", NtlmVectors.Blob2, "0C868A403BFD7A93A3001EF22EF02E3F", "68CD0AB851E51C96AABC927BEBEF6A1C", "8DE40CCADBC14A82F15CB0AD0DE95CA3", "55555555555555555555555555555555", "C5DAD2544FC9799094CE1CE90BC9D03E")]
    // Office Communicator 2007 R2.
    [InlineData("Pa$$word", "User", "COSMO", "DD1BAAF4E7E218D1", NtlmVectors.CapturedBlob, "164B086E00D2F393529FA3A98209F99E", NtlmVectors.CapturedProof, "02959B1D938E14CCC8412639311CDD49", NtlmVectors.CapturedSessionKey, NtlmVectors.CapturedWrappedKey)]
    public void NTLMv2_is_what_others_computed(
        string password, string user, string domain, string serverChallenge, string blob, string responseKey, string proof, string baseKey, string sessionKey, string wrappedKey)
    {
        var hash = new byte[16];
        NtlmMath.HashPassword(Encoding.UTF8.GetBytes(password), hash);
        var actual = new byte[16];
        _math.DeriveResponseKey(hash, user, domain, actual);
        Assert.Equal(responseKey, Convert.ToHexString(actual));

        _math.Prove(NtlmVectors.Hex(responseKey), NtlmVectors.Hex(serverChallenge), NtlmVectors.Hex(blob), actual);
        Assert.Equal(proof, Convert.ToHexString(actual));

        _math.DeriveSessionBaseKey(NtlmVectors.Hex(responseKey), NtlmVectors.Hex(proof), actual);
        Assert.Equal(baseKey, Convert.ToHexString(actual));

        var wrapped = NtlmVectors.Hex(sessionKey);
        Rc4.Apply(NtlmVectors.Hex(baseKey), wrapped);
        Assert.Equal(wrappedKey, Convert.ToHexString(wrapped));
    }

    [Theory]
    // LMv2, which is an NTLMv2 proof over the client's challenge alone: [MS-NLMP] §4.2.4.2.1, and the captured one.
    [InlineData("0C868A403BFD7A93A3001EF22EF02E3F", "0123456789ABCDEF", "AAAAAAAAAAAAAAAA", "86C35097AC9CEC102554764A57CCCC19")]
    [InlineData("164B086E00D2F393529FA3A98209F99E", "DD1BAAF4E7E218D1", "D6AE875CB0FDAA41", "A1E92EFE4E078BF7C5C0049ACC6166C2")]
    public void LMv2_of_other_clients_is_a_proof_too(string responseKey, string serverChallenge, string clientChallenge, string expected)
    {
        var proof = new byte[16];
        _math.Prove(NtlmVectors.Hex(responseKey), NtlmVectors.Hex(serverChallenge), NtlmVectors.Hex(clientChallenge), proof);
        Assert.Equal(expected, Convert.ToHexString(proof));
    }

    [Fact]
    public void The_key_schedules_of_NTLMv1_come_out_of_the_same_primitives()
    {
        // [MS-NLMP] §4.2.2.1.3: the session base key is MD4 of the password's hash.
        var baseKey = new byte[16];
        Md4.Hash(NtlmVectors.Hex("A4F49C406510BDCAB6824EE7C30FD852"), baseKey);
        Assert.Equal("D87262B0CDE4B1CB7499BECCCDF10784", Convert.ToHexString(baseKey));

        // §4.2.2.2.3: the session key under it.
        var wrapped = NtlmVectors.Hex("55555555555555555555555555555555");
        Rc4.Apply(baseKey, wrapped);
        Assert.Equal("518822B1B3F350C8958682ECBB3E3CB7", Convert.ToHexString(wrapped));

        // §4.2.3.1.3: with a client challenge, the key exchange key is a code over both challenges.
        var exchangeKey = new byte[16];
        _math.Prove(baseKey, NtlmVectors.Hex("0123456789ABCDEF"), NtlmVectors.Hex("AAAAAAAAAAAAAAAA"), exchangeKey);
        Assert.Equal("EB93429A8BD952F8B89C55B87F475EDC", Convert.ToHexString(exchangeKey));
    }

    [Theory]
    // [MS-NLMP] §4.2.4.4 (128 bits, and no exchange to shorten them) and §4.2.3.4 (56 bits).
    [InlineData("55555555555555555555555555555555", 0xE28A8233, "4788DC861B4782F35D43FD98FE1A2D39", "59F600973CC4960A25480A7C196E4C58")]
    [InlineData("EB93429A8BD952F8B89C55B87F475EDC", 0x820A8233, "60E799BE5C72FC92922AE8EBE961FB8D", "04DD7F014D8504D265A25CC86A3A7C06")]
    // The captured client.
    [InlineData(NtlmVectors.CapturedSessionKey, 0x62988255, "EA5E87C195AE65338F7C023E7600690D", "83013A189002D3ABAD49C4C8F605ECC8")]
    public void The_keys_of_a_client_are_those_of_others(string sessionKey, uint flags, string signing, string sealing) =>
        AssertKeys(sessionKey, flags, NtlmDirection.ClientToServer, signing, sealing);

    [Fact]
    public void The_keys_of_a_server_are_those_of_a_server() =>
        AssertKeys(NtlmVectors.CapturedSessionKey, 0x62988255, NtlmDirection.ServerToClient, "0151FE94DBA8C83F3C6A6E5444AE54B4", "2A2E34E8D420C039E8F31CB9E8E0CD88");

    [Fact]
    public void Sealing_is_what_the_specification_shows()
    {
        // [MS-NLMP] §4.2.2.4: without extended session security text and signature follow one another in one keystream: CRC-32 after four bytes of pad.
        var text = Encoding.Unicode.GetBytes("Plaintext");
        Assert.Equal(0x93AA847D, UcSdk.Core.Crc32.Of(text));
        byte[] message = [.. text, 0, 0, 0, 0, 0x7D, 0x84, 0xAA, 0x93, 0, 0, 0, 0];
        Rc4.Apply(NtlmVectors.Hex("55555555555555555555555555555555"), message);
        Assert.Equal("56FE04D861F9319AF0D7238A2E3B4D457FB8", Convert.ToHexString(message[..18]));
        Assert.Equal("09DCD1DF2E459D36", Convert.ToHexString(message[22..]));

        // §4.2.4.4: with it, the half of an HMAC over number and text follows.
        message = [.. text, .. HMACMD5.HashData(NtlmVectors.Hex("4788DC861B4782F35D43FD98FE1A2D39"), (byte[])[0, 0, 0, 0, .. text]).AsSpan(0, 8)];
        Rc4.Apply(NtlmVectors.Hex("59F600973CC4960A25480A7C196E4C58"), message);
        Assert.Equal("54E50165BF1936DC996020C1811B0F06FB5F", Convert.ToHexString(message[..18]));
        Assert.Equal("7FB38EC5C55D4976", Convert.ToHexString(message[18..]));

        // §4.2.3.4: without key exchange the half of the HMAC stays in the clear.
        message = [.. text];
        Rc4.Apply(NtlmVectors.Hex("04DD7F014D8504D265A25CC86A3A7C06"), message);
        Assert.Equal("A02372F6530273F3AA1EB90190CE5200C99D", Convert.ToHexString(message));
    }

    private static void AssertKeys(string sessionKey, uint flags, NtlmDirection direction, string signing, string sealing)
    {
        var key = new byte[16];
        NtlmKeys.DeriveSigningKey(NtlmVectors.Hex(sessionKey), direction, key);
        Assert.Equal(signing, Convert.ToHexString(key));
        NtlmKeys.DeriveSealingKey((NtlmFlags)flags, NtlmVectors.Hex(sessionKey), direction, key);
        Assert.Equal(sealing, Convert.ToHexString(key));
    }
}
