using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>A handshake whose step waits for a KDC: it runs outside the loop, and the requests that need it wait.</summary>
public sealed class BlockingStepTests : IDisposable
{
    private readonly SipPassword _password = new("wonderland");
    private readonly HeldWork _kdc = new();
    private readonly TicketScheme _scheme = new();
    private readonly PeerWire _wire;

    public BlockingStepTests() =>
        _wire = PeerWire.Reliable(new() { Credentials = [new SipCredentials("alice", _password)], CredentialSchemes = [_scheme] }, work: _kdc);

    public void Dispose() => _password.Dispose();

    [Fact]
    public async Task A_challenged_request_waits_for_its_ticket_and_goes_again_with_it()
    {
        var sending = Send();
        Challenge(_wire.ExpectRequest(SipMethod.Options));
        _wire.ExpectNothing();
        Assert.Equal((1, 0), (_kdc.Count, _scheme.Made[0].Steps));
        EndStep();
        var second = _wire.ExpectRequest(SipMethod.Options);
        Assert.Equal("Ticket realm=\"r\", data=\"AP-REQ\"", second.Headers[HeaderName.Authorization]);
        Assert.Equal(2u, second.CSeq!.Number);
        _wire.Answers(second, 200);
        Assert.Equal(200, (await sending).StatusCode);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task The_endpoint_does_everything_else_meanwhile()
    {
        _ = Send();
        Challenge(_wire.ExpectRequest(SipMethod.Options));
        _wire.Says(Messages.FromPeer("OPTIONS"));
        _wire.ExpectResponse(200);
        var other = _wire.Connect("other.test");
        var elsewhere = _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire), other));
        _wire.Answers(_wire.ExpectRequest(SipMethod.Options, other), 200, flow: other);
        Assert.Equal(200, (await elsewhere).StatusCode);
    }

    [Fact]
    public async Task Several_requests_wait_for_one_step()
    {
        var first = Send();
        var second = Send();
        var (one, two) = (_wire.ExpectRequest(SipMethod.Options), _wire.ExpectRequest(SipMethod.Options));
        Challenge(one);
        Challenge(two);
        var third = Send();
        var three = _wire.ExpectRequest(SipMethod.Options);
        // Nothing half made goes out.
        Assert.False(three.Headers.Contains(HeaderName.Authorization));
        Challenge(three);
        Assert.Equal(1, _kdc.Count);
        EndStep();
        foreach (var sending in new[] { first, second, third })
        {
            var again = _wire.ExpectRequest(SipMethod.Options);
            Assert.True(again.Headers.Contains(HeaderName.Authorization));
            _wire.Answers(again, 200);
            Assert.Equal(200, (await sending).StatusCode);
        }

        Assert.Equal(1, Assert.Single(_scheme.Made).Steps);
    }

    [Fact]
    public async Task Without_a_ticket_the_challenge_stands_for_all_and_nobody_asks_twice()
    {
        _scheme.Outcome = SecurityContextStep.Refuse("no ticket");
        var first = Send();
        var second = Send();
        var (one, two) = (_wire.ExpectRequest(SipMethod.Options), _wire.ExpectRequest(SipMethod.Options));
        Challenge(one);
        Challenge(two);
        EndStep();
        Assert.Equal((401, 401), ((await first).StatusCode, (await second).StatusCode));
        _wire.ExpectNothing();
        Assert.True(Assert.Single(_scheme.Made).IsDisposed);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task A_ticket_that_does_not_come_is_waited_for_as_long_as_an_answer_and_serves_later_requests()
    {
        var sending = Send();
        Challenge(_wire.ExpectRequest(SipMethod.Options));
        _wire.AdvanceToJustBefore(64 * Messages.T1);
        Assert.False(sending.IsCompleted);
        _wire.Tick();
        Assert.Equal(SipFailure.TimedOut, (await Assert.ThrowsAsync<SipException>(() => sending)).Failure);
        EndStep();
        _wire.ExpectNothing();

        _ = Send();
        Assert.True(_wire.ExpectRequest(SipMethod.Options).Headers.Contains(HeaderName.Authorization));
        Assert.Equal(1, Assert.Single(_scheme.Made).Steps);
    }

    [Fact]
    public async Task The_flow_that_closes_ends_the_waiting()
    {
        var sending = Send();
        Challenge(_wire.ExpectRequest(SipMethod.Options));
        _wire.Breaks();
        Assert.Equal(SipFailure.FlowClosed, (await Assert.ThrowsAsync<SipException>(() => sending)).Failure);
        EndStep();
        _wire.ExpectNothing();
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public void An_invite_that_is_cancelled_meanwhile_ends_at_once_with_its_challenge()
    {
        var session = _wire.Do(() => _wire.Endpoint.Invite(Messages.Invite(_wire)));
        Challenge(_wire.ExpectRequest(SipMethod.Invite));
        _wire.ExpectRequest(SipMethod.Ack);
        _ = _wire.Do(() => session.CancelAsync());
        Assert.Equal(InviteState.Terminated, _wire.Do(() => session.State));
        EndStep();
        _wire.ExpectNothing();
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Disposal_waits_for_the_step_and_clears_its_keys_then()
    {
        var sending = Send();
        Challenge(_wire.ExpectRequest(SipMethod.Options));
        var disposal = _wire.Do(() => _wire.Endpoint.DisposeAsync().AsTask());
        Assert.Equal(SipFailure.Terminated, (await Assert.ThrowsAsync<SipException>(() => sending)).Failure);
        Assert.Equal((false, false), (disposal.IsCompleted, _scheme.Made[0].IsDisposed));
        EndStep();
        Assert.Equal((true, true), (disposal.IsCompletedSuccessfully, _scheme.Made[0].IsDisposed));
    }

    [Fact]
    public async Task A_step_that_breaks_is_a_refusal()
    {
        _scheme.Breaks = true;
        var sending = Send();
        Challenge(_wire.ExpectRequest(SipMethod.Options));
        EndStep();
        Assert.Equal(401, (await sending).StatusCode);
    }

    private Task<SipResponse> Send() => _wire.Do(() => _wire.Endpoint.SendAsync(Messages.Options(_wire), _wire.Flow));

    private void EndStep() => _wire.Do(_kdc.EndNext);

    private void Challenge(SipRequest request) => _wire.Answers(request, 401, edit: r => r.Headers.Add(HeaderName.WwwAuthenticate, "Ticket realm=\"r\""));

    private sealed class TicketScheme : ISipCredentialScheme
    {
        public List<TicketContext> Made { get; } = [];

        public SecurityContextStep Outcome { get; set; } = new(SecurityContextStatus.Established, Encoding.ASCII.GetBytes("AP-REQ"));

        public bool Breaks { get; set; }

        public string Name => "Ticket";

        public bool CanAnswer(AuthField challenge) => true;

        public ISipAuthentication Begin(AuthField challenge, ChallengeKind kind, SipCredentials credentials)
        {
            var context = new TicketContext(Outcome);
            Made.Add(context);
            if (Breaks)
            {
                context.Dispose();
            }

            return new Ticket(this, context);
        }
    }

    private sealed class Ticket(ISipCredentialScheme scheme, TicketContext context) : ISipAuthentication
    {
        public ISipCredentialScheme Scheme => scheme;

        public IFlowProtection? Protection => null;

        public string? Failure => null;

        public HandshakeStep? Step { get; } = HandshakeStep.Begin(context, default);

        // The one token is all that there is: whatever the server says to it is the last word.
        public bool TryContinue(AuthField challenge, AuthField? answered) => answered is null && context.IsEstablished;

        public AuthField? Authorize(SipRequest request) =>
            new AuthField("Ticket").WithQuoted("realm", "r").WithQuoted("data", Encoding.ASCII.GetString(Step!.Outcome!.Value.Token!));

        public bool TryConfirm(AuthField answered, SipResponse response, AuthField? info) => true;

        public void Dispose() => Step!.Release();
    }
}
