using System.Buffers.Binary;

namespace UcSdk.Media.Tests.Srtp;

public sealed class SrtpTests
{
    // RFC 3711 appendix B.3.
    private const string MasterKey = "E1F97A0D3E018BE0D64FA32C06DE4139";
    private const string MasterSalt = "0EC675AD498AFEEBB6960B3AABE6";

    private const string Payload = "abababababababababababababababab";
    private const string RtpPacket = "800f1234decafbadcafebabe" + Payload;
    private const string ProtectedRtp = "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb";
    private const string RtcpPacket = "81c8000bcafebabe" + Payload;
    private const string ProtectedRtcp = "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798";

    [Theory]
    [InlineData(0, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(1, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")]
    [InlineData(2, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(3, "4C1AA45A81F73D61C800BBB00FBB1EAA")]
    [InlineData(4, "8D54534FEB49AE8E7993A6BD0B844FC323A93DFD")]
    [InlineData(5, "9581C7AD87B3E530BF3E4454A8B3")]
    public void Session_keys_are_derived_as_in_RFC_3711_B_3(byte label, string expected)
    {
        var key = new byte[expected.Length / 2];

        SrtpKeyDerivation.Derive(Hex.Bytes(MasterKey), Hex.Bytes(MasterSalt), label, key);

        Assert.Equal(expected, Convert.ToHexString(key));
    }

    [Fact]
    public void The_keystream_is_that_of_RFC_3711_B_2()
    {
        using var cipher = new AesCounterMode(Hex.Bytes("2B7E151628AED2A6ABF7158809CF4F3C"));
        var text = new byte[0xFF02 * 16];

        cipher.Transform(Hex.Bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), text);

        Assert.Equal(
            "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0",
            Convert.ToHexString(text.AsSpan(0, 48)));
        Assert.Equal(
            "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44",
            Convert.ToHexString(text.AsSpan(0xFEFF * 16, 48)));
    }

    [Fact]
    public void An_RTP_packet_is_protected_to_known_bytes_and_back()
    {
        using var sender = new SrtpSender(Key());
        using var receiver = new SrtpReceiver(Key());
        var buffer = Padded(RtpPacket);

        var length = Protect(sender, buffer, 28);

        Assert.Equal(ProtectedRtp, Hex.Text(buffer.AsSpan(0, length)));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(buffer.AsSpan(0, length), out var plain));
        Assert.Equal(RtpPacket, Hex.Text(buffer.AsSpan(0, plain)));
    }

    [Fact]
    public void An_RTCP_packet_is_protected_to_known_bytes_and_back()
    {
        using var sender = new SrtpSender(Key());
        using var receiver = new SrtpReceiver(Key());
        var buffer = Padded(RtcpPacket);

        var length = sender.ProtectRtcp(buffer, 24);

        Assert.Equal(ProtectedRtcp, Hex.Text(buffer.AsSpan(0, length)));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtcp(buffer.AsSpan(0, length), out var plain));
        Assert.Equal(RtcpPacket, Hex.Text(buffer.AsSpan(0, plain)));
    }

    [Theory]
    [InlineData(ProtectedRtp, false)]
    [InlineData(ProtectedRtcp, true)]
    public void Whatever_bit_is_changed_the_packet_is_dropped(string text, bool isControl)
    {
        var good = Hex.Bytes(text);
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            using var receiver = new SrtpReceiver(Key());
            var packet = (byte[])good.Clone();
            packet[bit / 8] ^= (byte)(1 << (bit % 8));

            var result = isControl ? receiver.UnprotectRtcp(packet, out _) : receiver.UnprotectRtp(packet, out _);

            Assert.True(result is SrtpResult.AuthenticationFailed or SrtpResult.Malformed, $"bit {bit}: {result}");
        }
    }

    [Fact]
    public void Packets_of_any_length_that_nobody_protected_are_dropped()
    {
        using var receiver = new SrtpReceiver(Key());
        for (var length = 0; length < 100; length++)
        {
            var packet = new byte[length];
            packet.AsSpan().Fill(0x80);

            Assert.NotEqual(SrtpResult.Ok, receiver.UnprotectRtp(packet, out _));
            Assert.NotEqual(SrtpResult.Ok, receiver.UnprotectRtcp(packet, out _));
        }
    }

    [Fact]
    public void A_repeated_packet_is_dropped()
    {
        using var receiver = new SrtpReceiver(Key());

        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(Hex.Bytes(ProtectedRtp), out _));
        Assert.Equal(SrtpResult.Replayed, receiver.UnprotectRtp(Hex.Bytes(ProtectedRtp), out _));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtcp(Hex.Bytes(ProtectedRtcp), out _));
        Assert.Equal(SrtpResult.Replayed, receiver.UnprotectRtcp(Hex.Bytes(ProtectedRtcp), out _));
    }

    [Fact]
    public void The_window_reaches_64_packets_back()
    {
        using var sender = new SrtpSender(Key());
        using var receiver = new SrtpReceiver(Key());
        var packets = Enumerable.Range(0, 100).Select(number => Packet(sender, (ushort)number)).ToArray();

        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(packets[99], out _));
        Assert.Equal(SrtpResult.Replayed, receiver.UnprotectRtp(packets[35], out _));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(packets[36], out _));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(packets[37], out _));
    }

    [Fact]
    public void The_roll_over_counter_is_guessed_across_loss_and_reordering()
    {
        using var sender = new SrtpSender(Key());
        using var receiver = new SrtpReceiver(Key());
        var packets = Enumerable.Range(65500, 80).Select(number => Packet(sender, (ushort)number)).ToArray();
        var order = Enumerable.Range(0, 30).Append(40).Append(33).Append(36).Append(35).Append(38).Append(70).Append(37);

        Assert.All(order, at => Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(packets[at], out _)));
    }

    [Fact]
    public void Each_source_has_a_counter_and_a_window_of_its_own()
    {
        using var one = new SrtpSender(Key());
        using var two = new SrtpSender(Key());
        using var receiver = new SrtpReceiver(Key());

        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(Packet(one, 500, ssrc: 1), out _));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(Packet(two, 500, ssrc: 2), out _));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(Packet(two, 30000, ssrc: 2), out _));
        Assert.Equal(SrtpResult.Replayed, receiver.UnprotectRtp(Packet(one, 500, ssrc: 1), out _));
    }

    [Fact]
    public void Sources_are_remembered_up_to_the_limit()
    {
        using var receiver = new SrtpReceiver(Key());
        for (uint ssrc = 1; ssrc <= SrtpReceiver.MaxSources + 1; ssrc++)
        {
            using var sender = new SrtpSender(Key());
            var expected = ssrc <= SrtpReceiver.MaxSources ? SrtpResult.Ok : SrtpResult.TooManySources;

            Assert.Equal(expected, receiver.UnprotectRtp(Packet(sender, 1, ssrc), out _));
        }
    }

    [Fact]
    public void A_packet_that_fails_leaves_no_trace()
    {
        using var sender = new SrtpSender(Key());
        using var receiver = new SrtpReceiver(Key());
        var packet = Packet(sender, 7);
        var forged = (byte[])packet.Clone();
        forged[^1] ^= 1;

        Assert.Equal(SrtpResult.AuthenticationFailed, receiver.UnprotectRtp(forged, out _));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(packet, out _));
    }

    [Fact]
    public void The_key_identifier_stands_before_the_tag_when_it_was_agreed()
    {
        using var sender = new SrtpSender(Key(mki: 1));
        using var receiver = new SrtpReceiver(Key(mki: 1));
        using var other = new SrtpReceiver(Key());
        var rtp = Packet(sender, 7);
        var rtcp = Padded(RtcpPacket);
        var length = sender.ProtectRtcp(rtcp, 24);

        Assert.Equal(28 + 1 + 10, rtp.Length);
        Assert.Equal(1, rtp[28]);
        Assert.Equal(24 + 4 + 1 + 10, length);
        Assert.Equal(1, rtcp[28]);
        Assert.Equal(SrtpResult.AuthenticationFailed, other.UnprotectRtp((byte[])rtp.Clone(), out _));
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtp(rtp, out var plain));
        Assert.Equal(28, plain);
        Assert.Equal(SrtpResult.Ok, receiver.UnprotectRtcp(rtcp.AsSpan(0, length), out _));
    }

    [Fact]
    public void Another_key_hears_nothing()
    {
        using var sender = new SrtpSender(Key());
        using var receiver = new SrtpReceiver(InlineKey.Create(new byte[30], "2^31"));

        Assert.Equal(SrtpResult.AuthenticationFailed, receiver.UnprotectRtp(Packet(sender, 7), out _));
    }

    [Fact]
    public void Protecting_and_checking_a_packet_allocates_nothing()
    {
        using var sender = new SrtpSender(Key());
        using var receiver = new SrtpReceiver(Key());
        var buffer = new byte[12 + 160 + SrtpSender.MaxOverhead];
        ushort number = 0;

        var allocated = Allocations.Of(() =>
        {
            var header = new RtpHeader(false, 0, number++, 0, 1);
            header.Write(buffer);
            var length = sender.ProtectRtp(buffer, 172, header, 12);
            Assert.True(receiver.UnprotectRtp(buffer.AsSpan(0, length), out _) == SrtpResult.Ok);
        });

        Assert.Equal(0, allocated);
    }

    private static InlineKey Key(uint? mki = null) => InlineKey.Create(Hex.Bytes(MasterKey + MasterSalt), "2^31", mki);

    private static byte[] Padded(string hex)
    {
        var buffer = new byte[100];
        Hex.Bytes(hex).CopyTo(buffer, 0);
        return buffer;
    }

    private static int Protect(SrtpSender sender, byte[] buffer, int length)
    {
        Assert.True(RtpHeader.TryRead(buffer, out var header, out var offset, out _));
        return sender.ProtectRtp(buffer, length, header, offset);
    }

    private static byte[] Packet(SrtpSender sender, ushort number, uint ssrc = 0xCAFEBABE)
    {
        var buffer = Padded(RtpPacket);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), number);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(8), ssrc);
        return buffer[..Protect(sender, buffer, 28)];
    }
}
