namespace UcSdk.Documents.Tests;

public sealed class SoapTests
{
    [Fact]
    public void A_fault_says_what_was_wrong_and_comes_back()
    {
        var fault = new SoapFault(SoapFault.WrongDelta, "The list has changed.") { Detail = new DocumentElement("", "detail") { Text = "8" } };

        Assert.Equal(
            """<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Client.BadCall.WrongDelta</faultcode><faultstring>The list has changed.</faultstring><detail>8</detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>""",
            TestDocuments.Text(fault.ToBytes()));
        Assert.True(SoapFault.TryRead(fault.ToBytes(), out var again, out _));
        Assert.Equal(fault, again);
        Assert.True(again.IsWrongDelta);
        Assert.Equal("fault Client.BadCall.WrongDelta", again.ToString());
    }

    [Fact]
    public void A_fault_of_another_kind_is_not_a_conflict()
    {
        Assert.False(new SoapFault(SoapFault.BadCall, "").IsWrongDelta);
    }

    [Theory]
    [InlineData("<Envelope><Body><Fault/></Body></Envelope>")]
    [InlineData("<Envelope><Body><Fault><faultcode> </faultcode></Fault></Body></Envelope>")]
    [InlineData("<Envelope><Body><addGroup/></Body></Envelope>")]
    [InlineData("<Envelope><Body/></Envelope>")]
    [InlineData("<Envelope/>")]
    [InlineData("<Fault/>")]
    [InlineData("")]
    public void A_fault_that_is_none_is_refused(string text)
    {
        Assert.False(SoapFault.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.False(error.IsNone);
    }

    [Fact]
    public void A_request_nobody_knows_is_kept_whole()
    {
        const string Text = """<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/winrtc/2002/11/sip"><Body><m:setPresence><m:presentity m:uri="sip:a"/></m:setPresence><m:more/></Body></Envelope>""";
        Assert.True(SoapRequest.TryRead(TestDocuments.Utf8(Text), out var request, out _));

        Assert.Equal("setPresence", Assert.IsType<UnknownSoapRequest>(request).Name);
        Assert.Equal(Text, TestDocuments.Text(request.ToBytes()));
    }
}
