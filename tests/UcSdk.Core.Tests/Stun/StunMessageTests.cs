using System.Net;

namespace UcSdk.Core.Tests;

/// <summary>STUN as RFC 5769 shows it.</summary>
public sealed class StunMessageTests
{
    // RFC 5769 §2.2: sample IPv4 response.
    private const string SampleResponse =
        "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220" +
        "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";

    // RFC 5769 §2.3: sample IPv6 response, its first attributes.
    private const string SampleIpv6Attributes =
        "010100282112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220" +
        "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9";

    [Fact]
    public void The_sample_response_says_where_the_request_came_from()
    {
        Assert.True(StunMessage.TryParse(Convert.FromHexString(SampleResponse), out var message));
        Assert.Equal(StunMessageType.BindingSuccess, message.Type);
        Assert.Equal("B7E7A701BC34D686FA87DFAE", Convert.ToHexString(message.TransactionId.Span));
        Assert.Equal(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 32853), message.MappedAddress);
        Assert.Equal("test vector"u8.ToArray(), message.Find(StunAttributeType.Software)!.Value.ToArray());
        Assert.True(message.HasValidFingerprint());
    }

    [Fact]
    public void The_sample_IPv6_response_too()
    {
        Assert.True(StunMessage.TryParse(Convert.FromHexString(SampleIpv6Attributes), out var message));
        Assert.Equal(new IPEndPoint(IPAddress.Parse("2001:db8:1234:5678:11:2233:4455:6677"), 32853), message.MappedAddress);
        Assert.False(message.HasValidFingerprint());
    }

    [Fact]
    public void A_changed_byte_spoils_the_fingerprint()
    {
        var bytes = Convert.FromHexString(SampleResponse);
        bytes[30] ^= 1;
        Assert.True(StunMessage.TryParse(bytes, out var message));
        Assert.False(message.HasValidFingerprint());
    }

    [Theory]
    [InlineData("203.0.113.9", 5060)]
    [InlineData("2001:db8::7", 65535)]
    public void The_answer_to_a_request_carries_its_source(string address, int port)
    {
        Assert.True(StunMessage.TryParse(StunMessage.CreateBindingRequest(new SeededRandomSource(1)), out var request));
        var source = new IPEndPoint(IPAddress.Parse(address), port);
        Assert.True(StunMessage.TryParse(StunMessage.CreateBindingSuccess(request, source), out var answer));
        Assert.Equal(source, answer.MappedAddress);
        Assert.Equal(request.TransactionId.ToArray(), answer.TransactionId.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("000100002112a442")] // cut short
    [InlineData("000100042112a442b7e7a701bc34d686fa87dfae")] // longer than it is
    [InlineData("000100002112a443b7e7a701bc34d686fa87dfae")] // another cookie
    [InlineData("400100002112a442b7e7a701bc34d686fa87dfae")] // not two zero bits
    public void What_is_no_STUN_is_left_to_others(string hex) => Assert.False(StunMessage.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void An_attribute_that_is_cut_short_is_absent()
    {
        Assert.True(StunMessage.TryParse(Convert.FromHexString("010100082112a442b7e7a701bc34d686fa87dfae002000080001a147"), out var message));
        Assert.Null(message.MappedAddress);
    }
}
