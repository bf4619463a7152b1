using System.Text;

namespace UcSdk.Sip.Tests;

public sealed class ValueTests
{
    // RFC 3261 §19.1.3.
    [Theory]
    [InlineData("sip:alice@atlanta.com", "alice", "atlanta.com", null)]
    [InlineData("sip:alice:secretword@atlanta.com;transport=tcp", "alice:secretword", "atlanta.com", null)]
    [InlineData("sips:alice@atlanta.com?subject=project%20x&priority=urgent", "alice", "atlanta.com", null)]
    [InlineData("sip:+1-212-555-1212:1234@gateway.com;user=phone", "+1-212-555-1212:1234", "gateway.com", null)]
    [InlineData("sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com", "", "atlanta.com", null)]
    [InlineData("sip:alice;day=tuesday@atlanta.com:5070", "alice;day=tuesday", "atlanta.com", 5070)]
    public void The_examples_of_the_RFC_are_read_and_kept(string text, string user, string host, int? port)
    {
        var uri = SipUri.Parse(text);
        Assert.Equal((user, host, port, text), (uri.User, uri.Host, uri.Port, uri.ToString()));
    }

    // RFC 3261 §19.1.4.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true)]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", false)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false)]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", false)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false)]
    public void Equivalence_follows_the_examples_of_the_RFC(string left, string right, bool equivalent)
    {
        Assert.Equal(equivalent, SipUri.Parse(left).IsEquivalentTo(SipUri.Parse(right)));
        Assert.Equal(equivalent, SipUri.Parse(right).IsEquivalentTo(SipUri.Parse(left)));
    }

    [Theory]
    [InlineData("sip:a@x", "sip:a@x;lr")]
    [InlineData("sip:a@x;", "sip:a@x;lr")]
    [InlineData("sip:a@x:5061;b=c?h=1", "sip:a@x:5061;b=c;lr?h=1")]
    [InlineData("tel:+1234;ext=5", "tel:+1234;ext=5;lr")]
    [InlineData("sip:a;b@[2001:db8::1]", "sip:a;b@[2001:db8::1];lr")]
    public void A_parameter_is_added_and_taken_away_without_touching_the_rest(string text, string expected)
    {
        var uri = SipUri.Parse(text).WithParameter("lr");
        Assert.Equal(expected, uri.Text);
        Assert.Equal(expected.Replace(";lr", "", StringComparison.Ordinal), uri.WithoutParameter("LR").Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData("sip:@x")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@x:0")]
    [InlineData("sip:a@x:65536")]
    [InlineData("sip:a@x;;lr")]
    [InlineData("sip:a@x;lr;LR")]
    [InlineData("sip:a@x y")]
    [InlineData("sip:a@<x>")]
    [InlineData("sip:a@[::1")]
    [InlineData("1sip:a@x")]
    [InlineData("tel:;")]
    [InlineData("tel:;ext=5")]
    [InlineData("alice")]
    public void What_is_no_URI_is_refused(string text)
    {
        Assert.False(SipUri.TryParse(text, out _));
        Assert.Throws<FormatException>(() => SipUri.Parse(text));
    }

    [Theory]
    [InlineData("sip:a@x;tag=1", "", "sip:a@x", "1")]
    [InlineData("Alice Liddell <sip:a@x;lr>;tag=1", "Alice Liddell", "sip:a@x;lr", "1")]
    [InlineData("\"A \\\"quote\\\" <x>\"<sip:a@x> ; tag = 1", "A \"quote\" <x>", "sip:a@x", "1")]
    [InlineData("<sip:a@x>", "", "sip:a@x", null)]
    public void An_address_is_read_with_and_without_brackets(string text, string name, string uri, string? tag)
    {
        Assert.True(NameAddr.TryParse(text, out var value));
        Assert.Equal((name, uri, tag), (value.DisplayName, value.Uri.Text, value.Tag));
        Assert.True(NameAddr.TryParse(value.ToString(), out var again));
        Assert.Equal(value.ToString(), again.ToString());
    }

    [Theory]
    [InlineData("SIP/2.0/TCP a.example.com", "TCP", "a.example.com", null)]
    [InlineData("sip / 2.0 / tls [2001:db8::1]:5061 ;branch=z9hG4bK1", "TLS", "[2001:db8::1]:5061", "z9hG4bK1")]
    public void A_Via_is_read_in_any_case_and_spacing(string text, string transport, string sentBy, string? branch)
    {
        Assert.True(Via.TryParse(text, out var via));
        Assert.Equal((transport, sentBy, branch), (via.Transport, via.SentBy, via.Branch));
    }

    [Fact]
    public void A_Via_is_changed_in_parts_and_compared_by_what_it_says()
    {
        Assert.True(Via.TryParse("SIP/2.0/UDP a.test:5070;branch=z9hG4bK1;rport", out var via));
        var marked = via with { Parameters = via.Parameters.With("rport", "4000").With("received", "192.0.2.1") };
        Assert.Equal("SIP/2.0/UDP a.test:5070;branch=z9hG4bK1;rport=4000;received=192.0.2.1", marked.ToString());
        Assert.Equal(new Via("UDP", "A.test", 5070, marked.Parameters), marked);
        Assert.NotEqual(via, marked);
        Assert.Equal(("UDP", "a.test", 5070), (via.Transport, via.Host, via.Port));
    }

    [Fact]
    public void Parameters_are_set_and_taken_away_one_by_one()
    {
        Assert.True(SipParameters.TryParse(" ; a = 1;B;c=\"x;\\\"y\";", out var parameters));
        Assert.Equal((3, "1", null, "x;\"y"), (parameters.Count, parameters["A"], parameters["b"], parameters["c"]));
        Assert.Equal(";a=1;B=2;c=\"x;\\\"y\"", parameters.With("b", "2").ToString());
        Assert.Equal(";a=1;B;c=\"x;\\\"y\";d", parameters.With("d", null).ToString());
        Assert.Equal(";a=1;c=\"x;\\\"y\"", parameters.Without("b").ToString());
        Assert.Same(parameters, parameters.Without("d"));
        Assert.Equal("", parameters.Without("a").Without("b").Without("c").ToString());
        Assert.Equal(["a", "B", "c"], parameters.Select(item => item.Key));
    }

    [Theory]
    [InlineData(";a=1;b;c=x", true)]
    [InlineData(";a;b;c;d;e;f;g;h", true)]
    [InlineData(";a;b;c;d;e;f;g;A=1", false)]
    [InlineData(";a;b;A", false)]
    [InlineData(";a=\"1\";A", false)]
    [InlineData(";", true)]
    [InlineData(";a;;b", false)]
    [InlineData(";=1", false)]
    [InlineData(";a=<;>;b=1", true)]
    public void Parameters_of_a_URI_have_names_and_each_stands_once(string text, bool readable) =>
        Assert.Equal((readable, readable), (SipParameters.AreUnique(Encoding.UTF8.GetBytes(text), isPlain: false),
            SipParameters.AreUnique(Encoding.UTF8.GetBytes(text), isPlain: !text.AsSpan().ContainsAny("\"<"))));

    [Theory]
    [InlineData(";tag=1", "1")]
    [InlineData(";x=1;TAG=2;tag=3", "2")]
    [InlineData(";x=\";tag=1\";tag=2", "2")]
    [InlineData(";tag;x", null)]
    [InlineData(";tagged=1;x=tag", null)]
    [InlineData("; tag = 4 ", "4")]
    [InlineData(";tag=", "")]
    [InlineData("", null)]
    public void A_parameter_is_found_in_plain_and_in_quoted_company(string text, string? value)
    {
        Assert.True(NameAddr.TryParse("<sip:a@x>" + text, out var address));
        Assert.Equal(value, address.Tag);
        Assert.Equal(value, address.Parameters["tag"]);
    }

    [Theory]
    [InlineData("SIP/3.0/TCP a")]
    [InlineData("SIP/2.0/TCP")]
    [InlineData("SIP/2.0/T CP a b")]
    [InlineData("SIP/2.0/TCP a;;b")]
    public void What_is_no_Via_is_refused(string text) => Assert.False(Via.TryParse(text, out _));

    [Fact]
    public void There_may_be_64_parameters_and_not_one_more()
    {
        var most = string.Concat(Enumerable.Range(1, 64).Select(number => $";p{number}"));
        Assert.True(SipUri.TryParse("sip:a@x" + most, out var uri));
        Assert.Equal(64, uri.Parameters.Count);
        Assert.False(SipUri.TryParse($"sip:a@x{most};p65", out _));
    }

    [Theory]
    [InlineData("2147483647 INVITE", true)]
    [InlineData("2147483648 INVITE", false)]
    [InlineData("-1 INVITE", false)]
    [InlineData("1", false)]
    [InlineData("INVITE 1", false)]
    public void A_CSeq_number_stays_below_two_to_the_31(string text, bool readable) => Assert.Equal(readable, CSeq.TryParse(text, out _));

    [Theory]
    [InlineData("tcp://server:5070", "TCP", "server", 5070)]
    [InlineData("tls://server", "TLS", "server", 5061)]
    [InlineData("TCP://[::1]:0", "TCP", "[::1]", 0)]
    public void A_transport_address_knows_its_default_port(string text, string transport, string host, int port)
    {
        Assert.True(SipTransportAddress.TryParse(text, out var address));
        Assert.Equal(new SipTransportAddress(transport, host, port), address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("server:5060")]
    [InlineData("tcp://")]
    [InlineData("tcp://a:99999")]
    public void What_is_no_transport_address_is_refused(string? text) => Assert.False(SipTransportAddress.TryParse(text, out _));
}
