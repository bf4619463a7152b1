namespace UcSdk.Media.Tests.Rtp;

public sealed class RtpHeaderTests
{
    // The header of RFC 3711 appendix B's kind of packet: version 2, type 15, number 0x1234.
    private const string Header = "800f1234decafbadcafebabe";

    [Fact]
    public void A_header_is_read_and_written_back()
    {
        Assert.True(RtpHeader.TryRead(Hex.Bytes(Header + "abcd"), out var header, out var payloadOffset, out _));

        Assert.Equal(new(false, 15, 0x1234, 0xDECAFBAD, 0xCAFEBABE), header);
        Assert.Equal(12, payloadOffset);
        var bytes = new byte[12];
        header.Write(bytes);
        Assert.Equal(Header, Hex.Text(bytes));
    }

    [Theory]
    [InlineData("82801234decafbadcafebabe 00000001 00000002 abcd", 20)]
    [InlineData("90801234decafbadcafebabe bede0001 11223344 abcd", 20)]
    [InlineData("91801234decafbadcafebabe 00000001 bede0000 abcd", 20)]
    public void Contributing_sources_and_extensions_are_stepped_over(string packet, int expected)
    {
        Assert.True(RtpHeader.TryRead(Hex.Bytes(packet), out var header, out var payloadOffset, out _));
        Assert.True(RtpHeader.TryReadPayload(Hex.Bytes(packet), payloadOffset, out var payload, out _));

        Assert.Equal((expected, "abcd", true), (payloadOffset, Hex.Text(payload), header.Marker));
    }

    [Theory]
    [InlineData("")]
    [InlineData("800f1234decafbadcafeba")]
    [InlineData("400f1234decafbadcafebabe")]
    [InlineData("810f1234decafbadcafebabe 000000")]
    [InlineData("900f1234decafbadcafebabe bede00")]
    [InlineData("900f1234decafbadcafebabe bede0002 11223344")]
    public void What_is_no_packet_is_refused(string packet)
    {
        Assert.False(RtpHeader.TryRead(Hex.Bytes(packet), out _, out _, out var error));
        Assert.False(error.IsNone);
    }

    [Theory]
    [InlineData("a00f1234decafbadcafebabe ab 000003", "ab")]
    [InlineData("a00f1234decafbadcafebabe 0002", "")]
    public void Padding_is_taken_off(string packet, string expected)
    {
        Assert.True(RtpHeader.TryReadPayload(Hex.Bytes(packet), 12, out var payload, out _));

        Assert.Equal(expected, Hex.Text(payload));
    }

    [Theory]
    [InlineData("a00f1234decafbadcafebabe")]
    [InlineData("a00f1234decafbadcafebabe ab00")]
    [InlineData("a00f1234decafbadcafebabe ab03")]
    public void Padding_beyond_the_payload_is_refused(string packet) =>
        Assert.False(RtpHeader.TryReadPayload(Hex.Bytes(packet), 12, out _, out _));

    [Theory]
    [InlineData(100, 101, 101)]
    [InlineData(100, 99, 99)]
    [InlineData(65535, 0, 65536)]
    [InlineData(65536, 65535, 65535)]
    [InlineData(100, 32867, 32867)]
    [InlineData(100, 32868, -32668)]
    [InlineData(196608, 65535, 196607)]
    public void A_sequence_number_is_the_one_nearest_to_the_highest(long highest, ushort number, long expected) =>
        Assert.Equal(expected, new RtpSequence(highest).Nearest(number).Extended);

    [Theory]
    [InlineData(0xFFFFFFFF, 0x00000010, 0x100000010)]
    [InlineData(0x100000010, 0xFFFFFFF0, 0xFFFFFFF0)]
    public void Timestamps_are_unrolled(long reference, uint timestamp, long expected) =>
        Assert.Equal(expected, RtpTimestamp.Nearest(reference, timestamp));
}
