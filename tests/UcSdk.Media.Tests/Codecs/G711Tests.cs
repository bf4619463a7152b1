namespace UcSdk.Media.Tests.Codecs;

public sealed class G711Tests
{
    [Theory]
    [InlineData(0x80, 32124)]
    [InlineData(0x00, -32124)]
    [InlineData(0x8F, 16764)]
    [InlineData(0xFF, 0)]
    [InlineData(0x7F, 0)]
    [InlineData(0xFE, 8)]
    [InlineData(0xEF, 132)]
    public void Mu_law_codes_have_the_values_of_the_recommendation(byte code, short value) =>
        Assert.Equal(value, G711.MuValues[code]); // G.711 table 2: 8031, 4191, 0, 2, 33 in units of 4.

    [Theory]
    [InlineData(0xAA, 32256)]
    [InlineData(0x2A, -32256)]
    [InlineData(0xD5, 8)]
    [InlineData(0x55, -8)]
    [InlineData(0xC5, 264)]
    [InlineData(0xF5, 528)]
    public void A_law_codes_have_the_values_of_the_recommendation(byte code, short value) =>
        Assert.Equal(value, G711.AValues[code]); // G.711 table 1: 4032, 1, 33, 66 in units of 8.

    [Fact]
    public void Every_code_survives_decoding_and_encoding()
    {
        for (var code = 0; code < 256; code++)
        {
            // µ-law has two zeros; the negative one is sent as the positive one.
            Assert.Equal(code == 0x7F ? 0xFF : code, G711.EncodeMu(G711.MuValues[code]));
            Assert.Equal(code, G711.EncodeA(G711.AValues[code]));
        }
    }

    [Fact]
    public void Every_sample_becomes_a_value_no_farther_away_than_half_a_step()
    {
        for (var sample = (int)short.MinValue; sample <= short.MaxValue; sample++)
        {
            var mu = G711.MuValues[G711.EncodeMu((short)sample)];
            var a = G711.AValues[G711.EncodeA((short)sample)];
            var clipped = Math.Clamp(sample, -32635, 32635);

            // A step is 1/16 of its segment, which begins at its own width: never more than 1/16 of the (biased) magnitude.
            Assert.True(Math.Abs(mu - clipped) <= ((Math.Abs(clipped) + 132) / 32) + 1, $"µ-law {sample} → {mu}");
            Assert.True(Math.Abs(a - sample) <= Math.Max(Math.Abs(sample) / 32, 8) + 8, $"A-law {sample} → {a}");
        }
    }

    [Theory]
    [InlineData("PCMU", 0)]
    [InlineData("pcma", 8)]
    public void The_registry_finds_codecs_by_map_and_by_static_number(string name, int payloadType)
    {
        var codec = CodecRegistry.Default.Find(new(96, name, 8000));

        Assert.NotNull(codec);
        Assert.Same(codec, CodecRegistry.Default.FindStatic(payloadType));
        Assert.Null(CodecRegistry.Default.Find(new(96, name, 16000)));
        Assert.Null(CodecRegistry.Default.Find(new(96, name, 8000, 2)));
        Assert.Null(CodecRegistry.Default.Find(new(payloadType, "SILK", 8000)));
    }
}
