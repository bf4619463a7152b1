namespace UcSdk.Sip.Tests;

/// <summary>RFC 5359 §2.14: Alice's proxy knows where she may not call.</summary>
public sealed class OutgoingScreeningTests : IDisposable
{
    private readonly ServiceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Section_2_14_call_management_outgoing_call_screening()
    {
        var proxy = _world.AddProxy("proxy", request =>
        {
            if (request.Request.Uri!.User == "premium")
            {
                request.Respond(StatusCode.Forbidden, "Screening Failure");
            }
        });
        var alice = _world.Add("alice");
        var call = alice.Call(SipUri.Parse("sip:premium@example.com"), proxy);
        Assert.Equal((StatusCode.Forbidden, "Screening Failure"), ((await call.Answer).StatusCode, (await call.Answer).ReasonPhrase));
        _world.Said(
            """
            F1 alice → proxy: INVITE sip:premium@example.com | 1 INVITE | 1a- | Route proxy | sendrecv
            F2 proxy → alice: 403 Screening Failure | 1 INVITE | 1ab
            F3 alice → proxy: ACK sip:premium@example.com | 1 ACK | 1ab | Route proxy
            """);
        _world.NothingIsLeft();
    }
}
