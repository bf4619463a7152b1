using UcSdk.Core;

namespace UcSdk.Media.Tests.Rtcp;

public sealed class RtcpTests
{
    // Laid out by hand after the pictures of RFC 3550 §6.4.1, §6.5 and §6.6.
    private const string SenderReport =
        "81c8000c 11223344 e6b00000 80000000 000003e8 00000032 00001f40 55667788 40fffffe 00012345 00000010 00008000 00010000";

    private const string SourceDescription = "81ca0004 11223344 0106616c 69636540 00000000";
    private const string Bye = "81cb0001 11223344";

    [Fact]
    public void A_compound_packet_is_written_as_the_pictures_say()
    {
        var buffer = new byte[200];
        var writer = new RtcpWriter(buffer);

        writer.WriteSenderReport(0x11223344, new(0xE6B0000080000000, 1000, 50, 8000), new RtcpReportBlock(0x55667788, 0x40, -2, 0x12345, 16, 0x8000, 0x10000));
        writer.WriteSourceDescription(0x11223344, "alice@"u8);
        writer.WriteBye(0x11223344);

        Assert.Equal((SenderReport + SourceDescription + Bye).Replace(" ", "", StringComparison.Ordinal), Hex.Text(buffer.AsSpan(0, writer.Length)));
    }

    [Fact]
    public void A_compound_packet_is_read_as_the_pictures_say()
    {
        var compound = Hex.Bytes(SenderReport + SourceDescription + Bye);
        Assert.True(RtcpReader.IsValid(compound, out var error), error.ToString());
        var reader = new RtcpReader(compound);

        Assert.True(reader.TryRead(out var report));
        Assert.Equal((RtcpPacketType.SenderReport, 1, 0x11223344u), (report.Type, report.Count, report.ReporterSsrc));
        Assert.Equal(new(0xE6B0000080000000, 1000, 50, 8000), report.SenderInfo);
        Assert.Equal(new(0x55667788, 0x40, -2, 0x12345, 16, 0x8000, 0x10000), report.GetReportBlock(0));
        Assert.True(reader.TryRead(out var description));
        Assert.Equal("alice@"u8, description.FindCanonicalName());
        Assert.True(reader.TryRead(out var bye));
        Assert.Equal((RtcpPacketType.Bye, 0x11223344u), (bye.Type, bye.GetByeSsrc(0)));
        Assert.False(reader.TryRead(out _));
    }

    [Fact]
    public void What_a_profile_appends_and_types_that_are_not_known_are_stepped_over()
    {
        // An empty receiver report with the bandwidth extension of [MS-RTP] §2.2.11.1, feedback of type 206, then BYE.
        var compound = Hex.Bytes("80c90004 00000001 0001000c 00000002 fffffffd" + "81ce0002 00000001 00000002" + Bye);
        Assert.True(RtcpReader.IsValid(compound, out var error), error.ToString());
        var reader = new RtcpReader(compound);
        var types = new List<int>();
        while (reader.TryRead(out var packet))
        {
            types.Add((int)packet.Type);
        }

        Assert.Equal([201, 206, 203], types);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80c900")]
    [InlineData("80c90002 00000001")]
    [InlineData("40c90001 00000001")]
    [InlineData("80c90001 00000001 00")]
    [InlineData("80c90000")]
    [InlineData("81c90001 00000001")]
    [InlineData("81cb0001 00000001")]
    [InlineData("80c90001 00000001 82cb0001 00000001")]
    [InlineData("a0c90001 00000004 81cb0001 00000001")]
    [InlineData("80c90001 00000001 a1cb0001 00000008")]
    [InlineData("80c90001 00000001 a1cb0002 00000001 00000000")]
    [InlineData("80c90001 00000001 a1cb0001 00000004")]
    public void What_is_no_compound_packet_is_refused(string bytes)
    {
        Assert.False(RtcpReader.IsValid(Hex.Bytes(bytes), out var error));
        Assert.False(error.IsNone);
    }

    [Fact]
    public void The_last_packet_may_be_padded()
    {
        var compound = Hex.Bytes("80c90001 00000001 a1cb0002 00000007 00000004");
        Assert.True(RtcpReader.IsValid(compound, out _));
        var reader = new RtcpReader(compound);
        reader.TryRead(out _);
        reader.TryRead(out var bye);

        Assert.Equal((4, 7u), (bye.Body.Length, bye.GetByeSsrc(0)));
    }

    [Fact]
    public void Random_bytes_never_do_harm()
    {
        var random = new SeededRandomSource(1);
        var bytes = new byte[64];
        for (var i = 0; i < 20_000; i++)
        {
            random.Fill(bytes);
            bytes[0] = (byte)(0x80 | (bytes[0] & 0x3F));
            bytes[1] = (byte)(200 + (bytes[1] % 4));
            bytes[2] = 0;
            bytes[3] %= 16;
            if (!RtcpReader.IsValid(bytes, out _))
            {
                continue;
            }

            var reader = new RtcpReader(bytes);
            while (reader.TryRead(out var packet))
            {
                packet.FindCanonicalName();
                for (var n = 0; n < packet.Count; n++)
                {
                    _ = packet.IsReport ? packet.GetReportBlock(n).Ssrc : packet.Type == RtcpPacketType.Bye ? packet.GetByeSsrc(n) : 0;
                }
            }
        }
    }

    [Fact]
    public void Reports_are_never_more_than_five_seconds_apart_and_spread_over_the_range()
    {
        var random = new SeededRandomSource(1);
        var intervals = Enumerable.Range(0, 2000).Select(_ => RtcpSchedule.NextInterval(random, isFirst: false).TotalSeconds).ToArray();

        Assert.All(intervals, interval => Assert.InRange(interval, 5 / 3.0 - 0.001, 5));
        Assert.True(intervals.Min() < 1.7 && intervals.Max() > 4.95);
        Assert.InRange(RtcpSchedule.NextInterval(random, isFirst: true), TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void The_wall_clock_is_counted_from_1900()
    {
        // RFC 868 gives 2208988800 for the first second of 1970.
        Assert.Equal(2208988800UL << 32, NtpTime.Of(DateTimeOffset.UnixEpoch));
        Assert.Equal((2208988800UL << 32) | 0x80000000, NtpTime.Of(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(0.5)));
        Assert.Equal(0xE0000000u | 0x00008000, NtpTime.Middle(0xFFFFE00080001234) | 0u);
        Assert.Equal(TimeSpan.FromSeconds(1.5), NtpTime.FromUnits(NtpTime.Units(TimeSpan.FromSeconds(1.5))));
    }
}
