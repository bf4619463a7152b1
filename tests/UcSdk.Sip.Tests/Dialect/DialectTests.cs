using UcSdk.Core;

namespace UcSdk.Sip.Tests;

public sealed class DialectTests
{
    // [MS-SIPRE] (first row) and two published traces.
    [Theory]
    [InlineData("01010101", "4b1682a8-f968-5701-83fc-7c6741dc6697")]
    [InlineData("c8ca638a15", "34d859db-6585-5f91-a3b4-de853c15347d")]
    [InlineData("451e9252b6", "e0de506b-a705-59cc-9bfa-d37593141231")]
    public void The_instance_follows_from_the_epid(string epid, string uuid)
    {
        Assert.Equal(new Guid(uuid), InstanceId.FromEpid(epid));
        Assert.Equal($"<urn:uuid:{uuid}>", InstanceId.Format(InstanceId.FromEpid(epid)));
    }

    [Theory]
    [InlineData("<urn:uuid:34D859DB-6585-5F91-A3B4-DE853C15347D>", true)]
    [InlineData(" URN:UUID:34d859db-6585-5f91-a3b4-de853c15347d ", true)]
    [InlineData("<urn:uuid:34d859db65855f91a3b4de853c15347d>", false)]
    [InlineData("<34d859db-6585-5f91-a3b4-de853c15347d>", false)]
    [InlineData("<>", false)]
    [InlineData(null, false)]
    public void An_instance_is_read_in_any_case_and_with_or_without_brackets(string? text, bool readable)
    {
        Assert.Equal(readable, InstanceId.TryParse(text, out var instance));
        Assert.Equal(readable ? new Guid("34d859db-6585-5f91-a3b4-de853c15347d") : default, instance);
    }

    // Published traces of a Lync 2013 registrar.
    [Theory]
    [InlineData("e0de506b-a705-59cc-9bfa-d37593141231", "a1De4AWnzFmb-tN1kxQSMQAA")]
    [InlineData("34d859db-6585-5f91-a3b4-de853c15347d", "21nYNIVlkV-jtN6FPBU0fQAA")]
    public void A_gruu_carries_the_instance_both_ways(string uuid, string token)
    {
        var gruu = Gruu.Create(SipUri.Parse("sip:alice@Contoso.com;transport=tls"), new Guid(uuid));
        Assert.Equal($"sip:alice@contoso.com;opaque=user:epid:{token};gruu", gruu.Text);
        Assert.True(Gruu.TryParse(SipUri.Parse(gruu.Text), out var instance));
        Assert.Equal(new Guid(uuid), instance);
    }

    [Theory]
    [InlineData("sip:alice@contoso.com")]
    [InlineData("sip:alice@contoso.com;opaque=user:epid:a1De4AWnzFmb-tN1kxQSMQAA")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:ABC123")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=user:epid:a1De4AWnzFmb-tN1kxQSMQA")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=user:epid:a1De4AWnzFmb-tN1kxQSMQAB")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=user:epid:a1De4AWnzFmb.tN1kxQSMQAA")]
    public void What_is_no_gruu_of_an_endpoint_is_refused(string uri) => Assert.False(Gruu.TryParse(SipUri.Parse(uri), out _));

    [Fact]
    public void An_epid_is_made_of_ten_digits_and_at_most_sixteen_characters_are_taken()
    {
        Assert.Equal(10, Epid.Create(new SeededRandomSource(1)).Length);
        Assert.True(Epid.IsValid("0123456789abcdef"));
        Assert.False(Epid.IsValid("0123456789abcdef0"));
        Assert.False(Epid.IsValid(""));
        Assert.True(NameAddr.TryParse("<sip:a@x>;tag=1", out var from));
        Assert.Equal("<sip:a@x>;tag=1;epid=01010101", Epid.AddTo(from, "01010101").ToString());
        Assert.Throws<ArgumentException>(() => Epid.AddTo(from, "a;b"));
    }

    [Fact]
    public void Diagnostics_give_their_code_and_texts_and_keep_what_is_unknown()
    {
        const string Text = "1034;reason=\"Previous hop \\\"edge\\\" failed\";source=\"edge.contoso.com\";ErrorType=\"Connect;attempt\";HRESULT=80072746";
        Assert.True(MsDiagnostics.TryParse(Text, out var value));
        Assert.Equal((1034, "Previous hop \"edge\" failed", "edge.contoso.com"), (value.ErrorId, value.Reason, value.Source));
        Assert.Equal("Connect;attempt", value.Parameters["errortype"]);
        Assert.Equal(Text, value.ToString());
        Assert.Equal("3014;reason=\"Not \\\"here\\\"\";source=\"s\"", new MsDiagnostics(3014, "Not \"here\"", "s").ToString());
        Assert.Throws<ArgumentException>(() => new MsDiagnostics(1, "two\r\nlines"));
    }

    [Theory]
    [InlineData("4141", true)]
    [InlineData("4141 ;reason=\"never closed", true)]
    [InlineData("reason=\"no code\"", false)]
    [InlineData("-1;reason=\"x\"", false)]
    [InlineData("99999999999", false)]
    [InlineData(null, false)]
    public void Only_the_code_of_diagnostics_must_be_readable(string? text, bool readable) =>
        Assert.Equal(readable, MsDiagnostics.TryParse(text, out _));

    [Fact]
    public void The_diagnostics_of_a_message_are_the_first_that_can_be_read()
    {
        var response = new SipResponse(480);
        Assert.Null(MsDiagnostics.Of(response));
        response.Headers.Add(HeaderName.MsClientDiagnostics, "52092;reason=\"client\"");
        response.Headers.Add(HeaderName.MsDiagnosticsPublic, "4141;reason=\"User disabled\"");
        response.Headers.Add(HeaderName.MsDiagnostics, "garbage");
        Assert.Equal(4141, MsDiagnostics.Of(response)!.ErrorId);
    }

    // [MS-CONMGMT] and a published trace of Lync 2013.
    [Fact]
    public void Keep_alive_is_read_and_written_as_clients_and_servers_do()
    {
        Assert.Equal("UAC;hop-hop=yes", MsKeepAlive.Offer.ToString());
        const string Answer = "UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300";
        Assert.True(MsKeepAlive.TryParse(Answer, out var value));
        Assert.True(value.IsServer && value.IsHopByHop);
        Assert.Equal(TimeSpan.FromSeconds(300), value.Timeout);
        Assert.Equal(Answer, value.ToString());
        Assert.Equal(Answer, MsKeepAlive.Answer(TimeSpan.FromSeconds(300.9)).ToString());
        Assert.True(MsKeepAlive.TryParse("uac;hop-hop=YES", out value));
        Assert.False(value.IsServer);
        Assert.Null(value.Timeout);
        Assert.False(MsKeepAlive.TryParse("UAX;timeout=3", out _));
        Assert.True(MsKeepAlive.TryParse("UAS;timeout=0", out value));
        Assert.Null(value.Timeout);
        Assert.Throws<ArgumentOutOfRangeException>(() => MsKeepAlive.Answer(TimeSpan.FromMilliseconds(999)));
    }

    [Fact]
    public void A_subscriber_asks_for_best_effort_notification_in_lines_of_their_own()
    {
        var request = new SipRequest(SipMethod.Subscribe, SipUri.Parse("sip:a@x"));
        Assert.False(BestEffortNotify.IsSupported(request) || BestEffortNotify.TakesPiggyback(request));
        BestEffortNotify.Request(request);
        Assert.True(BestEffortNotify.IsSupported(request) && BestEffortNotify.TakesPiggyback(request));
        Assert.Equal(["ms-benotify", "ms-piggyback-first-notify"], request.Headers.GetAll(HeaderName.Supported));
        var response = new SipResponse(200);
        Assert.Null(BestEffortNotify.PiggybackCSeq(response));
        response.Headers.Add(HeaderName.MsPiggybackCSeq, "7");
        Assert.Equal(7u, BestEffortNotify.PiggybackCSeq(response));
    }
}
