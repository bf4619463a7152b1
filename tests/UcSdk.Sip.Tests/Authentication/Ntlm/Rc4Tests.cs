namespace UcSdk.Sip.Tests;

/// <summary>RC4 against RFC 6229.</summary>
public sealed class Rc4Tests
{
    [Theory]
    // RFC 6229 §2: keys of 40, 128 and 256 bits; the first 32 bytes, and some far behind.
    [InlineData("0102030405", 0, "b2396305f03dc027ccc3524a0a1118a86982944f18fc82d589c403a47a0d0919")]
    [InlineData("0102030405", 240, "28cb1132c96ce286421dcaadb8b69eae")]
    [InlineData("0102030405", 1536, "d8729db41882259bee4f825325f5a130")]
    [InlineData("0102030405", 4096, "ff25b58995996707e51fbdf08b34d875")]
    [InlineData("833222772a", 0, "80ad97bdc973df8a2e879e92a497efda20f060c2f2e5126501d3d4fea10d5fc0")]
    [InlineData("833222772a", 4096, "bf42c3018c2f7c66bfde524975768115")]
    [InlineData("0102030405060708090a0b0c0d0e0f10", 0, "9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c")]
    [InlineData("0102030405060708090a0b0c0d0e0f10", 4096, "a36a4c301ae8ac13610ccbc12256cacc")]
    [InlineData("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", 0, "eaa6bd25880bf93d3f5d1e4ca2611d91cfa45c9f7e714b54bdfa80027cb14380")]
    [InlineData("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", 4096, "f3e4c0a2e02d1d01f7f0a74618af2b48")]
    public void A_key_of_the_RFC_has_the_keystream_of_the_RFC(string key, int offset, string expected)
    {
        var stream = new byte[4112];
        Rc4.Apply(Convert.FromHexString(key), stream);
        Assert.Equal(expected, Convert.ToHexStringLower(stream.AsSpan(offset, expected.Length / 2)));
    }

    [Fact]
    public void Twice_gives_the_data_back()
    {
        byte[] key = [1, 2, 3];
        byte[] data = [4, 5, 6, 7];
        Rc4.Apply(key, data);
        Assert.NotEqual([4, 5, 6, 7], data);
        Rc4.Apply(key, data);
        Assert.Equal([4, 5, 6, 7], data);
    }
}
