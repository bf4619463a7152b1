namespace UcSdk.Server.Tests;

/// <summary>What silence and lost connections do to registrations ([MS-CONMGMT] §3.1, [MS-SIPREGE] §3.1.2.1).</summary>
public sealed class ConnectionConversationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(360);

    [Fact]
    public void Who_promised_keep_alives_and_is_silent_is_signed_out_at_the_tick()
    {
        using var lab = new ServerLab(options => options with { KeepAliveGrace = TimeSpan.FromSeconds(60) });
        var reasons = new List<EndpointChangeReason>();
        lab.Server.EndpointChanged += change => reasons.Add(change.Reason);
        var alice = lab.Connect("alice", "a11c");
        alice.Register();
        Assert.Contains("ms-keepalive-deregister", alice.ExpectsResponse(200).Headers.GetAll(UcSdk.Sip.HeaderName.Supported));

        lab.Advance(Patience - TimeSpan.FromTicks(1));
        Assert.Equal(1, lab.Counts.Bindings);
        lab.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(0, lab.Counts.Bindings);
        Assert.True(alice.IsClosed);
        Assert.Equal([EndpointChangeReason.Registered, EndpointChangeReason.KeepAliveMissed], reasons);
    }

    [Fact]
    public void A_keep_alive_or_anything_else_begins_the_wait_anew()
    {
        using var lab = new ServerLab(options => options with { KeepAliveGrace = TimeSpan.FromSeconds(60) });
        var alice = lab.SignIn("alice");

        lab.Advance(TimeSpan.FromSeconds(300));
        lab.Run(async () => await alice.PingAsync());
        lab.Advance(TimeSpan.FromSeconds(300));
        alice.Request("OPTIONS", alice.Address, "anything");
        alice.ExpectsResponse(480);
        lab.Advance(Patience - TimeSpan.FromTicks(1));
        Assert.False(alice.IsClosed);
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.True(alice.IsClosed);
    }

    [Fact]
    public void Who_promised_nothing_may_be_silent()
    {
        using var lab = new ServerLab(options => options with { KeepAliveGrace = TimeSpan.FromSeconds(60) });
        var alice = lab.Connect("alice", "a11c");
        alice.Register(edit: text => text.Replace("ms-keep-alive: UAC;hop-hop=yes", "X-Other: 1", StringComparison.Ordinal));
        alice.ExpectsResponse(200);

        lab.Advance(TimeSpan.FromSeconds(7000));

        Assert.Equal(1, lab.Counts.Bindings);
    }

    [Fact]
    public void A_lost_connection_leaves_the_registration_time_to_come_back_on_another()
    {
        using var lab = new ServerLab(options => options with { LostConnectionGrace = TimeSpan.FromSeconds(60) });
        var reasons = new List<EndpointChangeReason>();
        lab.Server.EndpointChanged += change => reasons.Add(change.Reason);
        var bob = lab.SignIn("bob");
        var alice = lab.SignIn("alice", "a11c");
        alice.Close();

        // Registered, and reached by nobody.
        Assert.False(Assert.Single(lab.Run(() => lab.Server.GetEndpointsAsync("alice"))).IsConnected);
        bob.Request("MESSAGE", alice.Address, "lost");
        bob.ExpectsResponse(480);
        bob.Request("MESSAGE", alice.Gruu, "lost-too");
        bob.ExpectsResponse(480);

        lab.Advance(TimeSpan.FromSeconds(59));
        var again = lab.Connect("alice", "a11c");
        // A client that starts again counts from 1 with another Call-ID.
        again.Register(edit: text => text.Replace("Call-ID: login", "Call-ID: another", StringComparison.Ordinal));
        Assert.Contains("refreshed", again.ExpectsResponse(200).Headers[UcSdk.Sip.HeaderName.PresenceState], StringComparison.Ordinal);
        Assert.Equal(alice.Gruu, again.Gruu);
        lab.Advance(TimeSpan.FromSeconds(60));
        bob.Request("MESSAGE", alice.Gruu, "found");
        again.Answer(again.ExpectsRequest("MESSAGE"), 200);
        bob.ExpectsResponse(200);
        Assert.Equal(
            [EndpointChangeReason.Registered, EndpointChangeReason.Registered, EndpointChangeReason.Disconnected, EndpointChangeReason.Refreshed], reasons);
    }

    [Fact]
    public void Who_does_not_come_back_in_time_is_signed_out_at_the_tick()
    {
        using var lab = new ServerLab(options => options with { LostConnectionGrace = TimeSpan.FromSeconds(60) });
        var last = EndpointChangeReason.Registered;
        lab.Server.EndpointChanged += change => last = change.Reason;
        var alice = lab.SignIn("alice");
        alice.Close();

        lab.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.Equal((1, EndpointChangeReason.Disconnected), (lab.Counts.Bindings, last));
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((0, EndpointChangeReason.FlowClosed), (lab.Counts.Bindings, last));
    }

    [Fact]
    public void The_grace_never_lasts_longer_than_the_registration()
    {
        using var lab = new ServerLab(options => options with { LostConnectionGrace = TimeSpan.FromHours(10) });
        var alice = lab.Connect("alice", "a11c");
        alice.Register("Expires: 600");
        alice.ExpectsResponse(200);
        alice.Close();

        lab.Advance(TimeSpan.FromSeconds(600) - TimeSpan.FromTicks(1));
        Assert.Equal(1, lab.Counts.Bindings);
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Fact]
    public void A_registration_that_comes_over_another_connection_leaves_the_first()
    {
        using var lab = new ServerLab();
        var bob = lab.SignIn("bob");
        var first = lab.SignIn("alice", "a11c");
        var second = lab.Connect("alice", "a11c");
        second.Register(edit: text => text.Replace("CSeq: 1 ", "CSeq: 9 ", StringComparison.Ordinal));
        second.ExpectsResponse(200);

        bob.Request("MESSAGE", second.Gruu, "note");
        second.Answer(second.ExpectsRequest("MESSAGE"), 200);
        bob.ExpectsResponse(200);
        first.ExpectsNothing();
        first.Close();
        Assert.Equal(2, lab.Counts.Bindings);
    }

    [Fact]
    public void A_number_that_goes_back_is_an_error_and_changes_nothing()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        alice.Register(edit: text => text.Replace("CSeq: 2 ", "CSeq: 1 ", StringComparison.Ordinal) + "\nExpires: 0");

        alice.ExpectsResponse(500);
        Assert.Equal(1, lab.Counts.Bindings);
    }
}
