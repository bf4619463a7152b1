using System.Security.Cryptography;
using System.Text;
using UcSdk.Shared;

namespace UcSdk.Sip.Tests;

/// <summary>Every message of a flow signed and verified, by a scheme made up for the test: a header with an HMAC over start line and Call-ID.</summary>
public sealed class FlowProtectionTests
{
    private static readonly HeaderName Seal = HeaderName.Of("X-Seal");

    private readonly PeerWire _wire = PeerWire.Datagram();
    private readonly Sealing _ours = new("ours", "theirs");
    private readonly Sealing _theirs = new("theirs", "ours");

    public FlowProtectionTests() => _wire.Do(() => _wire.Endpoint.Core.Protect(_wire.Flow, _ours));

    [Fact]
    public async Task What_goes_out_is_signed_last_and_what_comes_in_is_verified_first()
    {
        var sending = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        var request = _wire.ExpectRequest(SipMethod.Options);
        Assert.Equal(FlowVerdict.Accept, _theirs.Verify(request));
        Assert.Equal((Seal, 1), (request.Headers.Last().Name, _ours.Signed));
        Says(request.CreateResponse(200, null, "t"));
        Assert.Equal(200, (await sending).StatusCode);
    }

    [Fact]
    public void What_is_repeated_goes_out_with_the_same_bytes()
    {
        _ = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        var first = _wire.ExpectRequest(SipMethod.Options).ToBytes();
        _wire.Advance(Messages.T1);
        Assert.Equal(first, _wire.ExpectRequest(SipMethod.Options).ToBytes());
        Assert.Equal(1, _ours.Signed);
        SaysSealed(Messages.FromPeer("OPTIONS"));
        var answer = _wire.ExpectResponse(200).ToBytes();
        SaysSealed(Messages.FromPeer("OPTIONS"));
        Assert.Equal(answer, _wire.ExpectResponse(200).ToBytes());
        Assert.Equal(2, _ours.Signed);
    }

    [Fact]
    public void An_unsigned_response_is_dropped_as_if_it_had_never_come()
    {
        var sending = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire)));
        var request = _wire.ExpectRequest(SipMethod.Options);
        _wire.Answers(request, 200);
        Assert.False(sending.IsCompleted);
        Says(request.CreateResponse(404, null, "t"));
        Assert.True(sending.IsCompleted);
    }

    [Fact]
    public void An_unsigned_request_is_refused_as_the_scheme_says_and_nobody_sees_it()
    {
        var seen = 0;
        _wire.Endpoint.RequestReceived = _ => seen++;
        _wire.Says(Messages.FromPeer("MESSAGE"));
        var refusal = _wire.ExpectResponse(403);
        Assert.Equal((0, 9000), (seen, MsDiagnostics.Of(refusal)!.ErrorId));
        Assert.Equal(FlowVerdict.Accept, _theirs.Verify(refusal));
        _wire.Says(Messages.FromPeer("ACK"));
        _wire.Says(Messages.FromPeer("BENOTIFY"));
        _wire.ExpectNothing();
        Assert.Equal(0, _wire.Counts.Transactions);
        SaysSealed(Messages.FromPeer("MESSAGE"));
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Another_flow_and_one_whose_protection_has_ended_are_left_alone()
    {
        var other = _wire.Connect("other.test");
        _wire.Says(Messages.FromPeer("OPTIONS"), other);
        Assert.False(_wire.ExpectResponse(200, other).Headers.Contains(Seal));
        _wire.Do(() => _wire.Endpoint.Core.Protect(_wire.Flow, null));
        _wire.Says(Messages.FromPeer("OPTIONS", branch: "z9hG4bKother", callId: "call2"));
        Assert.False(_wire.ExpectResponse(200).Headers.Contains(Seal));
        Assert.Equal(0, _ours.Signed);
    }

    [Fact]
    public void The_end_of_a_flow_ends_its_protection()
    {
        _wire.Breaks();
        Assert.Equal(0, _wire.Do(() => _wire.Endpoint.Core.Context.Protections.Count));
        _wire.Do(() => _wire.Endpoint.Core.Protect(_wire.Flow, _ours));
        Assert.Equal(0, _wire.Do(() => _wire.Endpoint.Core.Context.Protections.Count));
    }

    [Fact]
    public void Without_protection_a_message_costs_nothing_more()
    {
        var protections = new FlowProtections();
        var message = new SipResponse(200);
        Assert.Equal(0, Allocated.Least(() => protections.Protect(_wire.Flow, message)));
    }

    private void SaysSealed(string text)
    {
        Assert.True(SipMessage.TryParse(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), SipLimits.Default, out var message, out _));
        Says(message!);
    }

    private void Says(SipMessage message)
    {
        _theirs.Protect(message);
        _wire.Says(message);
    }

    private sealed class Sealing(string own, string other) : IFlowProtection
    {
        public int Signed { get; private set; }

        public void Protect(SipMessage message)
        {
            Signed++;
            message.Headers[Seal] = Of(own, message) + Signed.ToString("D4");
        }

        public FlowVerdict Verify(SipMessage message) =>
            message.Headers[Seal] is { Length: > 4 } seal && seal[..^4] == Of(other, message) ? FlowVerdict.Accept
            : message is SipRequest ? FlowVerdict.Refuse(403, new MsDiagnostics(9000, "Unsigned", "self.test"))
            : FlowVerdict.Drop;

        private static string Of(string key, SipMessage message) =>
            Convert.ToHexString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.UTF8.GetBytes(message + message.CallId)));
    }
}
