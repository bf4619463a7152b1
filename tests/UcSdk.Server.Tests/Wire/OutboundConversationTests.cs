using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Several flows of one endpoint (RFC 5626) and addresses that do not tell whose they are (RFC 5627).</summary>
public sealed class OutboundConversationTests
{
    private const string Instance = "34d859db-6585-5f91-a3b4-de853c15347d";

    [Fact]
    public void Two_flows_of_one_endpoint_are_two_bindings_and_one_endpoint()
    {
        using var lab = new ServerLab(options => options with { MaxEndpointsPerUser = 1 });
        var (first, second) = (lab.Connect("alice", "a11c"), lab.Connect("alice", "a11c"));
        var answer = Register(first, 1);
        Assert.Equal("outbound", answer.Headers[HeaderName.Require]);
        Assert.Contains("reg-id=1", answer.Headers[HeaderName.Contact], StringComparison.Ordinal);

        answer = Register(second, 2);

        Assert.Equal(2, answer.Headers.GetAll(HeaderName.Contact).Count());
        Assert.Contains(answer.Headers.GetAll(HeaderName.Contact), contact => contact.Contains("reg-id=2", StringComparison.Ordinal));
        Assert.Equal([1, 2], lab.Run(() => lab.Server.GetEndpointsAsync("alice")).Select(endpoint => endpoint.FlowNumber));
        // Not displaced: it is the same endpoint.
        first.ExpectsNothing();
    }

    [Fact]
    public void A_call_comes_over_the_flow_registered_last_and_over_the_other_when_that_is_gone()
    {
        using var lab = new ServerLab();
        var bob = lab.SignIn("bob");
        var (first, second) = (lab.Connect("alice", "a11c"), lab.Connect("alice", "a11c"));
        Register(first, 1);
        lab.Advance(TimeSpan.FromSeconds(1));
        Register(second, 2);

        Reach(bob, first.Address, "aor", second, first);
        Reach(bob, $"{first.Address};gr=urn:uuid:{Instance}", "public", second, first);
        Reach(bob, $"{first.Address};opaque=user:epid:21nYNIVlkV-jtN6FPBU0fQAA;gruu", "lync", second, first);
        lab.Advance(TimeSpan.FromSeconds(1));
        Register(first, 1);
        Reach(bob, first.Address, "refreshed", first, second);
        first.Close();
        Reach(bob, first.Address, "after", second, first);
        Reach(bob, $"{first.Address};gr=urn:uuid:{Instance}", "after-public", second, first);
        Reach(bob, $"{first.Address};opaque=user:epid:21nYNIVlkV-jtN6FPBU0fQAA;gruu", "after-lync", second, first);
    }

    [Theory]
    [InlineData(430)]
    [InlineData(408)]
    [InlineData(null)]
    public void What_one_flow_does_not_deliver_goes_over_the_next(int? status)
    {
        using var lab = new ServerLab();
        var bob = lab.SignIn("bob");
        var (first, second) = (lab.Connect("alice", "a11c"), lab.Connect("alice", "a11c"));
        Register(first, 1);
        lab.Advance(TimeSpan.FromSeconds(1));
        Register(second, 2);

        bob.Request("MESSAGE", first.Address, "note", "Content-Type: text/plain", "hello");
        var lost = second.ExpectsRequest("MESSAGE");
        if (status is { } failed)
        {
            second.Answer(lost, failed);
        }
        else
        {
            second.Close();
        }

        first.Answer(first.ExpectsRequest("MESSAGE"), 200);
        bob.ExpectsResponse(200);
        first.ExpectsNothing();
    }

    [Theory]
    [InlineData(486)]
    [InlineData(430)]
    public void When_the_endpoint_itself_refuses_or_no_flow_is_left_the_caller_hears_it(int status)
    {
        using var lab = new ServerLab();
        var bob = lab.SignIn("bob");
        var (first, second) = (lab.Connect("alice", "a11c"), lab.Connect("alice", "a11c"));
        Register(first, 1);
        lab.Advance(TimeSpan.FromSeconds(1));
        Register(second, 2);

        bob.Request("MESSAGE", first.Address, "note", "Content-Type: text/plain", "hello");
        second.Answer(second.ExpectsRequest("MESSAGE"), status);
        if (status == 430)
        {
            first.Answer(first.ExpectsRequest("MESSAGE"), status);
        }

        bob.ExpectsResponse(status);
        first.ExpectsNothing();
        second.ExpectsNothing();
    }

    [Fact]
    public void A_flow_that_comes_back_takes_its_number_over()
    {
        using var lab = new ServerLab(options => options with { LostConnectionGrace = TimeSpan.FromMinutes(1) });
        var first = lab.Connect("alice", "a11c");
        Register(first, 1);
        first.Close();
        var again = lab.Connect("alice", "a11c");

        Assert.Contains("refreshed", Register(again, 1, callId: "again").Headers[HeaderName.PresenceState], StringComparison.Ordinal);

        Assert.True(Assert.Single(lab.Run(() => lab.Server.GetEndpointsAsync("alice"))).IsConnected);
    }

    [Fact]
    public void One_flow_is_removed_by_its_number_and_an_endpoint_is_deregistered_on_all()
    {
        using var lab = new ServerLab();
        var clients = Enumerable.Range(1, 3).Select(number => (Client: lab.Connect("alice", "a11c"), Number: number)).ToArray();
        Array.ForEach(clients, flow => Register(flow.Client, flow.Number));

        Register(clients[0].Client, 1, "Expires: 0");
        Assert.Equal([2, 3], lab.Run(() => lab.Server.GetEndpointsAsync("alice")).Select(endpoint => endpoint.FlowNumber));

        var endpoint = lab.Run(() => lab.Server.GetEndpointsAsync("alice"))[0];
        Assert.True(lab.Run(() => lab.Server.DeregisterAsync(endpoint)));
        clients[0].Client.ExpectsNothing();
        Array.ForEach(clients[1..], flow => flow.Client.Answer(flow.Client.ExpectsRequest("NOTIFY"), 200));
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Fact]
    public void Two_contacts_with_a_flow_are_a_bad_request()
    {
        using var lab = new ServerLab();
        var alice = lab.Connect("alice", "a11c");

        alice.Register("Supported: outbound\nContact: <sip:other@10.0.0.5>", Outbound(1));

        alice.ExpectsResponse(400);
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Theory]
    [InlineData("", 439)]
    [InlineData("\nPath: <sip:edge.example;lr>", 439)]
    [InlineData("\nPath: <sip:core.example;lr>, <sip:edge.example;lr;ob>", 200)]
    public void Behind_a_proxy_the_first_hop_must_keep_the_flow(string path, int status)
    {
        using var lab = new ServerLab();
        var alice = lab.Connect("alice", "a11c");

        alice.Register("Supported: outbound\nVia: SIP/2.0/TCP 10.0.0.9:5060;branch=z9hG4bKinner" + path, Outbound(1));

        alice.ExpectsResponse(status);
    }

    [Theory]
    [InlineData("Supported: path", "1")]
    [InlineData("Supported: outbound", "0")]
    [InlineData("Supported: outbound", "2147483648")]
    [InlineData("Supported: outbound", "one")]
    public void Without_the_tag_or_a_number_it_is_an_ordinary_binding(string supported, string number)
    {
        using var lab = new ServerLab();
        var alice = lab.Connect("alice", "a11c");

        alice.Register(supported, text => Outbound(1)(text).Replace("reg-id=1", "reg-id=" + number, StringComparison.Ordinal));

        Assert.Null(alice.ExpectsResponse(200).Headers[HeaderName.Require]);
        Assert.Null(Assert.Single(lab.Run(() => lab.Server.GetEndpointsAsync("alice"))).FlowNumber);
    }

    [Fact]
    public void A_flow_is_told_how_long_it_may_be_silent_and_held_to_it()
    {
        using var lab = new ServerLab(options => options with { KeepAliveGrace = TimeSpan.FromSeconds(20) });
        var alice = lab.Connect("alice", "a11c");
        alice.Register("Supported: outbound", text => Outbound(1)(text).Replace("ms-keep-alive: UAC;hop-hop=yes", "X-Other: 1", StringComparison.Ordinal));
        Assert.Equal("320", alice.ExpectsResponse(200).Headers[HeaderName.FlowTimer]);

        lab.Advance(TimeSpan.FromSeconds(320) - TimeSpan.FromTicks(1));
        Assert.False(alice.IsClosed);
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.True(alice.IsClosed);
    }

    [Fact]
    public void A_temporary_GRUU_reaches_the_endpoint_and_does_not_say_whose_it_is()
    {
        using var lab = new ServerLab();
        var bob = lab.SignIn("bob");
        var alice = lab.Connect("alice", "a11c");
        var other = lab.SignIn("alice", "07e4");

        var first = TemporaryGruu(Register(alice, 1));
        var second = TemporaryGruu(Register(alice, 1));

        Assert.NotEqual(first, second);
        Assert.DoesNotContain("alice", first, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("a11c", first, StringComparison.OrdinalIgnoreCase);
        // RFC 5627 §3.1.2: all that were given live as long as the registration.
        Reach(bob, first, "first", alice, other);
        Reach(bob, second, "second", alice, other);

        Register(alice, 1, callId: "another");
        bob.Request("MESSAGE", first, "over", "Content-Type: text/plain", "hello");
        Assert.StartsWith("4005", bob.ExpectsResponse(404).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(30)]
    public void A_temporary_GRUU_that_was_changed_is_nobodys(int offset)
    {
        using var lab = new ServerLab();
        var bob = lab.SignIn("bob");
        var alice = lab.Connect("alice", "a11c");
        var gruu = TemporaryGruu(Register(alice, 1)).ToCharArray();
        var at = "sip:tgruu.".Length + offset;
        gruu[at] = gruu[at] == 'A' ? 'B' : 'A';

        bob.Request("MESSAGE", new string(gruu), "forged", "Content-Type: text/plain", "hello");

        bob.ExpectsResponse(404);
        alice.ExpectsNothing();
    }

    private static Func<string, string> Outbound(int number) =>
        text => text.Replace(";proxy=replace", $";proxy=replace;+sip.instance=\"<urn:uuid:{Instance}>\";reg-id={number}", StringComparison.Ordinal);

    private static SipResponse Register(RawClient client, int number, string headers = "", string? callId = null)
    {
        client.Register(
            "Supported: outbound, path, gruu" + (headers.Length == 0 ? "" : "\n" + headers),
            text => Outbound(number)(callId is null ? text : text.Replace("Call-ID: login", "Call-ID: " + callId, StringComparison.Ordinal))
                .Replace("Call-ID: ", $"Call-ID: {number}-", StringComparison.Ordinal));
        return client.ExpectsResponse(200);
    }

    private static string TemporaryGruu(SipResponse response) => response.Headers.GetAll(HeaderName.Contact)
        .Select(text => NameAddr.TryParse(text, out var contact) ? contact.Parameters["temp-gruu"] : null).Single(text => text is not null)!;

    private static void Reach(RawClient from, string uri, string callId, RawClient reached, RawClient other)
    {
        from.Request("MESSAGE", uri, callId, "Content-Type: text/plain", "hello");
        reached.Answer(reached.ExpectsRequest("MESSAGE"), 200);
        from.ExpectsResponse(200);
        other.ExpectsNothing();
    }
}
