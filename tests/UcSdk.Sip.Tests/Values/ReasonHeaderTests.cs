namespace UcSdk.Sip.Tests;

/// <summary>The Reason header: RFC 3326.</summary>
public sealed class ReasonHeaderTests
{
    // The examples of RFC 3326 §2.
    [Theory]
    [InlineData("SIP ;cause=200 ;text=\"Call completed elsewhere\"", "SIP", 200, "Call completed elsewhere")]
    [InlineData("Q.850 ;cause=16 ;text=\"Terminated\"", "Q.850", 16, "Terminated")]
    [InlineData("SIP ;cause=600 ;text=\"Busy Everywhere\"", "SIP", 600, "Busy Everywhere")]
    [InlineData("SIP ;cause=580 ;text=\"Precondition Failure\"", "SIP", 580, "Precondition Failure")]
    [InlineData("preemption", "preemption", null, null)]
    [InlineData("sip;Cause=x;why=\"a;b\"", "sip", null, null)]
    public void A_value_is_read(string text, string protocol, int? cause, string? words)
    {
        Assert.True(ReasonHeader.TryParse(text, out var value));
        Assert.Equal((protocol, cause, words), (value.Protocol, value.Cause, value.Text));
        Assert.Equal(protocol.Equals("sip", StringComparison.OrdinalIgnoreCase), value.IsSip);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(";cause=200")]
    [InlineData("SIP two;cause=200")]
    [InlineData("SIP;text=\"open")]
    public void What_names_no_protocol_or_has_broken_parameters_is_no_value(string? text) => Assert.False(ReasonHeader.TryParse(text, out _));

    [Fact]
    public void A_value_is_written_as_the_RFC_writes_it_and_unknown_parameters_stay()
    {
        Assert.Equal("SIP;cause=486;text=\"Busy Here\"", ReasonHeader.OfStatus(486).ToString());
        Assert.Equal("Q.850;cause=16;text=\"say \\\"bye\\\"\"", new ReasonHeader("Q.850", 16, "say \"bye\"").ToString());
        Assert.True(ReasonHeader.TryParse("Q.850;location=LN;cause=16", out var value));
        Assert.Equal("Q.850;location=LN;cause=16", value.ToString());
        Assert.Throws<ArgumentException>(() => new ReasonHeader("two words"));
        Assert.Throws<ArgumentException>(() => new ReasonHeader("SIP", 200, "two\r\nlines"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReasonHeader("SIP", -1));
    }

    [Fact]
    public void Several_values_are_read_from_lists_and_lines_and_what_is_broken_is_passed_over()
    {
        var bye = new SipRequest(SipMethod.Bye, SipUri.Parse("sip:bob@peer.test"));
        Assert.Empty(ReasonHeader.AllOf(bye));
        bye.Headers.Add(HeaderName.Reason, "SIP;cause=200;text=\"here, or elsewhere\", Q.850;cause=16");
        bye.Headers.Add(HeaderName.Reason, ";cause=1");
        bye.Headers.Add(HeaderName.Reason, "X");
        Assert.Equal([("SIP", 200), ("Q.850", 16), ("X", null)], ReasonHeader.AllOf(bye).Select(value => (value.Protocol, value.Cause)));
    }
}
