namespace UcSdk.Core.Tests;

public sealed class SystemRandomSourceTests
{
    [Fact]
    public void Nothing_is_given_out_twice_however_small_the_parts()
    {
        var seen = new HashSet<string>();
        for (var part = 0; part < 20_000; part++)
        {
            Assert.True(seen.Add(SystemRandomSource.Instance.NextHex(8 + (part % 40))));
        }
    }

    [Fact]
    public void Every_byte_of_a_part_is_filled()
    {
        var union = new byte[32];
        for (var round = 0; round < 200; round++)
        {
            var part = new byte[32];
            SystemRandomSource.Instance.Fill(part);
            for (var at = 0; at < part.Length; at++)
            {
                union[at] |= part[at];
            }
        }

        Assert.DoesNotContain((byte)0, union);
    }
}
