namespace UcSdk.Sip.Tests;

/// <summary>RFC 3261 §16.6 step 8 and RFC 5393: loops, spirals, and the request that forks without end.</summary>
public sealed class LoopTests
{
    private readonly ProxyWire _proxy = new();

    private PeerWire Wire => _proxy.Wire;

    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("INVITE")]
    public void A_request_that_comes_back_unchanged_is_a_loop_and_one_with_a_new_URI_a_spiral(string method)
    {
        _proxy.Targets = null;
        Wire.Endpoint.RouteRequest = _ => _proxy.Desk;
        Wire.Says(Messages.FromPeer(method));
        var once = Wire.ExpectRequest(SipMethod.Parse(method), _proxy.Desk);
        Wire.Says(Beyond(once, "z9hG4bKdesk"), _proxy.Desk);
        Wire.ExpectResponse(482, _proxy.Desk);
        Wire.Says(Beyond(once.WithUri(SipUri.Parse("sip:other@self.test")), "z9hG4bKdesk2"), _proxy.Desk);
        Wire.ExpectRequest(SipMethod.Parse(method), _proxy.Desk);
    }

    [Fact]
    public void The_same_request_at_the_next_proxy_is_no_loop()
    {
        var next = new ProxyWire(PeerWire.Reliable(new() { IsProxy = true }, seed: 8)) { Targets = null };
        _proxy.Targets = null;
        Wire.Endpoint.RouteRequest = _ => _proxy.Desk;
        next.Wire.Endpoint.RouteRequest = _ => next.Desk;
        Wire.Says(Messages.FromPeer("MESSAGE"));
        next.Wire.Says(Wire.ExpectRequest(SipMethod.Message, _proxy.Desk));
        next.Wire.ExpectRequest(SipMethod.Message, next.Desk);
    }

    // RFC 5393 §3: two addresses, each of which leads to both, would make 2^70 requests of one.
    [Fact]
    public void Two_addresses_that_lead_to_each_other_cost_four_requests()
    {
        ProxyTarget[] both = [new(SipUri.Parse("sip:a@self.test"), _proxy.Desk), new(SipUri.Parse("sip:b@self.test"), _proxy.Desk)];
        _proxy.Targets = both;
        Wire.Says(Messages.FromPeer("INVITE", uri: "sip:a@self.test"));
        var waiting = new Queue<SipRequest>();
        var forwarded = 0;
        var loops = 0;
        do
        {
            while (Wire.Unread > 0)
            {
                switch (Wire.ExpectAny())
                {
                    case SipRequest { Method.IsInvite: true } request:
                        forwarded++;
                        waiting.Enqueue(request);
                        break;
                    case SipResponse { StatusCode: 482 } response:
                        // What the proxy sends to itself comes back to it.
                        loops++;
                        Wire.Says(response, _proxy.Desk);
                        break;
                    case SipResponse other:
                        Assert.Fail(other.ToString());
                        break;
                }
            }

            if (waiting.TryDequeue(out var next))
            {
                Wire.Says(next, _proxy.Desk);
            }
        }
        while (waiting.Count > 0 || (Wire.Unread > 0 && forwarded < 1000));
        Assert.Equal(4, forwarded);
        Assert.InRange(loops, 3, 5);
    }

    // RFC 5393 §5.3.
    [Fact]
    public void The_branches_share_what_the_request_may_become()
    {
        Wire.Says(Messages.FromPeer("INVITE", more: "Max-Breadth: 7"));
        var (desk, phone) = _proxy.ExpectInvites();
        Assert.Equal(("4", "3"), (desk.Headers[HeaderName.MaxBreadth], phone.Headers[HeaderName.MaxBreadth]));
    }

    [Fact]
    public void A_request_that_does_not_say_may_become_sixty()
    {
        var (desk, phone) = _proxy.Fork();
        Assert.Equal(("30", "30"), (desk.Headers[HeaderName.MaxBreadth], phone.Headers[HeaderName.MaxBreadth]));
    }

    [Fact]
    public void Targets_beyond_the_breadth_wait_until_others_are_done()
    {
        Wire.Says(Messages.FromPeer("INVITE", more: "Max-Breadth: 1"));
        var desk = Wire.ExpectRequest(SipMethod.Invite, _proxy.Desk);
        Wire.ExpectNothing();
        _proxy.Refuses(desk, 486, _proxy.Desk);
        Assert.Equal("1", Wire.ExpectRequest(SipMethod.Invite, _proxy.Phone).Headers[HeaderName.MaxBreadth]);
    }

    [Fact]
    public void A_target_that_was_given_up_holds_its_share_until_it_has_answered()
    {
        _proxy.Targets = [_proxy.Targets![0] with { Timeout = TimeSpan.FromSeconds(10) }, _proxy.Targets[1] with { Q = 0.5 }];
        Wire.Says(Messages.FromPeer("INVITE", more: "Max-Breadth: 1"));
        var desk = Wire.ExpectRequest(SipMethod.Invite, _proxy.Desk);
        _proxy.Rings(desk, _proxy.Desk);
        Wire.Advance(TimeSpan.FromSeconds(10));
        _proxy.IsCanceled(desk, _proxy.Desk);
        Wire.ExpectRequest(SipMethod.Invite, _proxy.Phone);
    }

    [Fact]
    public void A_request_that_may_become_none_is_a_440()
    {
        Wire.Says(Messages.FromPeer("INVITE", more: "Max-Breadth: 0"));
        Assert.Equal("Max-Breadth Exceeded", Wire.ExpectResponse(440).ReasonPhrase);
    }

    [Fact]
    public void A_request_that_forks_to_new_addresses_each_time_stays_within_its_breadth()
    {
        var next = 0;
        Wire.Endpoint.RequestReceived = request => request.Proxy(
            [new(SipUri.Parse($"sip:{next++}@self.test"), _proxy.Desk), new(SipUri.Parse($"sip:{next++}@self.test"), _proxy.Desk)]);
        Wire.Says(Messages.FromPeer("INVITE"));
        var leaves = new List<SipRequest>();
        for (var round = 0; round < 12; round++)
        {
            leaves.Clear();
            while (Wire.Unread > 0)
            {
                if (Wire.ExpectAny() is SipRequest { Method.IsInvite: true } leaf)
                {
                    leaves.Add(leaf);
                }
            }

            Assert.InRange(leaves.Count, 1, 60);
            foreach (var leaf in leaves)
            {
                Wire.Says(leaf, _proxy.Desk);
            }
        }

        Assert.Equal(60, leaves.Count);
    }

    private static SipRequest Beyond(SipRequest request, string branch)
    {
        var back = request.Clone();
        back.Headers.AddFirst(HeaderName.Via, $"SIP/2.0/TCP desk.test;branch={branch}");
        return back;
    }
}
