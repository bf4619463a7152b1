namespace UcSdk.Core.Tests;

public sealed class SeededRandomSourceTests
{
    [Fact]
    public void Seed_zero_gives_the_published_sequence_of_xoshiro256_starstar_seeded_by_splitmix64()
    {
        var random = new SeededRandomSource(0);

        Assert.Equal(0x99EC5F36CB75F2B4UL, random.NextUInt64());
        Assert.Equal(0xBF6E1F784956452AUL, random.NextUInt64());
        Assert.Equal(0x1A5F849D4933E6E0UL, random.NextUInt64());
        Assert.Equal(0x6AA594F1262D2D2CUL, random.NextUInt64());
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        Assert.Equal(Bytes(new SeededRandomSource(7)), Bytes(new SeededRandomSource(7)));
        Assert.NotEqual(Bytes(new SeededRandomSource(7)), Bytes(new SeededRandomSource(8)));
    }

    [Fact]
    public void A_fork_has_a_sequence_of_its_own_that_does_not_disturb_the_parents()
    {
        var one = new SeededRandomSource(7);
        var other = new SeededRandomSource(7);
        var fork = one.Fork();
        other.Fork();
        Bytes(fork);

        Assert.Equal(Bytes(other), Bytes(one));
        Assert.NotEqual(Bytes(one), Bytes(fork));
    }

    [Fact]
    public void Numbers_stay_below_their_bound_and_reach_both_ends()
    {
        var random = new SeededRandomSource(1);
        var seen = Enumerable.Range(0, 1000).Select(_ => random.Next(5)).ToHashSet();

        Assert.Equal([0, 1, 2, 3, 4], seen.Order());
        Assert.Equal(0, random.Next(1));
    }

    [Fact]
    public void Fractions_lie_from_zero_to_below_one()
    {
        var random = new SeededRandomSource(1);
        var fractions = Enumerable.Range(0, 1000).Select(_ => random.NextDouble()).ToList();

        Assert.All(fractions, fraction => Assert.InRange(fraction, 0.0, 0.9999999999999999));
        Assert.InRange(fractions.Average(), 0.45, 0.55);
    }

    [Fact]
    public void A_uuid_says_that_it_is_random()
    {
        var text = new SeededRandomSource(1).NextGuid().ToString();

        Assert.Equal('4', text[14]);
        Assert.Contains(text[19], "89ab");
    }

    [Fact]
    public void Hexadecimal_text_has_two_lower_case_digits_for_each_byte()
    {
        var text = new SeededRandomSource(1).NextHex(5);

        Assert.Equal(10, text.Length);
        Assert.All(text, digit => Assert.Contains(digit, "0123456789abcdef"));
    }

    [Fact]
    public void The_systems_source_does_not_repeat_itself()
    {
        Assert.NotEqual(Bytes(SystemRandomSource.Instance), Bytes(SystemRandomSource.Instance));
    }

    private static byte[] Bytes(RandomSource random)
    {
        var bytes = new byte[29];
        random.Fill(bytes);
        return bytes;
    }
}
