using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>MD4 against RFC 1320.</summary>
public sealed class Md4Tests
{
    [Theory]
    // RFC 1320 §A.5, all of its test suite.
    [InlineData("", "31d6cfe0d16ae931b73c59d7e0c089c0")]
    [InlineData("a", "bde52cb31de33e46245e05fbdbd6fb24")]
    [InlineData("abc", "a448017aaf21d8525fc10ae87aa6729d")]
    [InlineData("message digest", "d9130a8164549fe818874806e1c7014b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "e33b4ddc9c38f2199c3e7b164fcc0536")]
    public void A_text_of_the_RFC_has_the_hash_of_the_RFC(string text, string expected)
    {
        var hash = new byte[Md4.HashBytes];
        Md4.Hash(Encoding.ASCII.GetBytes(text), hash);
        Assert.Equal(expected, Convert.ToHexStringLower(hash));
    }

    [Theory]
    // The lengths around which padding needs a second block; the values are those of `openssl dgst -md4` over as many letters a.
    [InlineData(55, "c889c81dd86c4d2e025778944ea02881")]
    [InlineData(56, "d5f9a9e9257077a5f08b0b92f348b0ad")]
    [InlineData(63, "7ea3da77432d44c323671097d1348fc8")]
    [InlineData(64, "52f5076fabd22680234a3fa9f9dc5732")]
    [InlineData(119, "e65dd227ccef97fa1d34d70189120f76")]
    [InlineData(120, "b03ddbd470b47c013e0c7ab2ddd763db")]
    public void Padding_goes_into_a_block_of_its_own_where_the_last_is_full(int length, string expected)
    {
        var hash = new byte[Md4.HashBytes];
        Md4.Hash(Encoding.ASCII.GetBytes(new string('a', length)), hash);
        Assert.Equal(expected, Convert.ToHexStringLower(hash));
    }
}
