using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>The registrar takes registrations away: every reason of [MS-SIPREGE] §2.2.1.13, in the words of §4.1.3.</summary>
public sealed class DeregistrationConversationTests
{
    private static readonly SipTransportAddress Elsewhere = new("TLS", "pool2.contoso.test", 5061);

    [Fact]
    public void The_NOTIFY_is_that_of_the_specification()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        var contact = Assert.Single(lab.Run(() => lab.Server.GetEndpointsAsync("alice"))).Contact;

        lab.Run(() => lab.Server.DisableUserAsync("alice"));

        // [MS-SIPREGE] §4.1.3, but for what belongs to the connection and the signature.
        var notify = alice.ExpectsRequest("NOTIFY");
        Assert.Equal(contact.Text, notify.UriText);
        Assert.Equal("70", notify.Headers[HeaderName.MaxForwards]);
        Assert.Equal("sip:alice@contoso.test", notify.From!.Uri.Text);
        Assert.NotNull(notify.From.Tag);
        Assert.Equal(("sip:alice@contoso.test", "r1", "alice01"), (notify.To!.Uri.Text, notify.To.Tag, notify.To.Epid));
        Assert.Equal("1 NOTIFY", notify.Headers[HeaderName.CSeq]);
        Assert.Equal("text/registration-event", notify.ContentType);
        Assert.Equal("registration-notify", notify.Headers[HeaderName.Event]);
        Assert.Equal("terminated;expires=0", notify.Headers[HeaderName.SubscriptionState]);
        Assert.Equal("4141;reason=\"User disabled\"", notify.Headers[HeaderName.MsDiagnosticsPublic]);
        Assert.Equal("deregistered;event=rejected", notify.BodyText);
        alice.Answer(notify, 200);
        Assert.Equal((0, 0), (lab.Counts.Bindings, lab.Counts.Work));
        alice.ExpectsNothing();
    }

    [Theory]
    [InlineData(DeregistrationReason.Unregistered, "unregistered", "4140")]
    [InlineData(DeregistrationReason.Rejected, "rejected", "4141")]
    [InlineData(DeregistrationReason.Deactivated, "deactivated", "4142")]
    [InlineData(DeregistrationReason.UserServicesUnavailable, "userservices-unavailable", "4165")]
    [InlineData(DeregistrationReason.PreferredRegistrarChange, "preferred-registrar-change", "4166")]
    public void Every_endpoint_of_the_user_is_told_why_and_may_come_back(DeregistrationReason reason, string token, string errorId)
    {
        using var lab = new ServerLab();
        var desk = lab.SignIn("alice", "de51");
        var phone = lab.SignIn("alice", "f0e1");
        var bob = lab.SignIn("bob");

        Assert.Equal(2, lab.Run(() => lab.Server.DeregisterAsync("sip:alice@contoso.test", reason)));

        foreach (var client in new[] { desk, phone })
        {
            var notify = client.ExpectsRequest("NOTIFY");
            Assert.Equal("deregistered;event=" + token, notify.BodyText);
            Assert.StartsWith(errorId + ";reason=", notify.Headers[HeaderName.MsDiagnosticsPublic], StringComparison.Ordinal);
            Assert.False(notify.Headers.Contains(HeaderName.PPreferredRegistrar));
            client.Answer(notify, 200);
        }

        bob.ExpectsNothing();
        Assert.Equal(1, lab.Counts.Bindings);
        desk.Register();
        Assert.Contains("added", desk.ExpectsResponse(200).Headers[HeaderName.PresenceState], StringComparison.Ordinal);
    }

    [Fact]
    public void One_endpoint_is_signed_out_and_the_others_stay()
    {
        using var lab = new ServerLab();
        var desk = lab.SignIn("alice", "de51");
        var phone = lab.SignIn("alice", "f0e1");
        var endpoint = lab.Run(() => lab.Server.GetEndpointsAsync("alice")).Single(known => known.Epid == "f0e1");

        Assert.True(lab.Run(() => lab.Server.DeregisterAsync(endpoint)));

        phone.Answer(phone.ExpectsRequest("NOTIFY"), 200);
        desk.ExpectsNothing();
        Assert.Equal("de51", Assert.Single(lab.Run(() => lab.Server.GetEndpointsAsync())).Epid);
        Assert.False(lab.Run(() => lab.Server.DeregisterAsync(endpoint)));
    }

    [Fact]
    public void An_endpoint_that_does_not_answer_is_signed_out_all_the_same()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        lab.Run(() => lab.Server.DeregisterAsync("alice"));

        alice.ExpectsRequest("NOTIFY");
        Assert.Equal((0, 1), (lab.Counts.Bindings, lab.Counts.Work));
        lab.Advance(TimeSpan.FromSeconds(32));
        Assert.Equal(0, lab.Counts.Work);
    }

    [Theory]
    [InlineData(1, "Signed in at another endpoint")]
    [InlineData(2, "Signed in at too many endpoints")]
    public void Who_signs_in_at_one_endpoint_too_many_is_signed_out_at_the_oldest(int endpoints, string reason)
    {
        using var lab = new ServerLab(options => options with { MaxEndpointsPerUser = endpoints });
        var clients = Enumerable.Range(0, endpoints).Select(number => lab.SignIn("alice", $"de5{number}")).ToArray();

        lab.SignIn("alice", "f0e1");

        var notify = clients[0].ExpectsRequest("NOTIFY");
        Assert.Equal("deregistered;event=unregistered", notify.BodyText);
        Assert.Equal($"4140;reason=\"{reason}\"", notify.Headers[HeaderName.MsDiagnosticsPublic]);
        clients[0].Answer(notify, 200);
        Array.ForEach(clients[1..], client => client.ExpectsNothing());
        Assert.Equal(endpoints, lab.Counts.Bindings);
    }

    [Fact]
    public void A_disabled_user_does_not_exist_until_they_are_enabled()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        lab.Run(() => lab.Server.DisableUserAsync("alice"));
        alice.Answer(alice.ExpectsRequest("NOTIFY"), 200);

        alice.Register();
        Assert.StartsWith("4005;reason=\"Destination URI either not enabled for SIP or does not exist\"", alice.ExpectsResponse(404).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        alice.Register("Expires: 0");
        alice.ExpectsResponse(200);

        lab.Run(() => lab.Server.EnableUserAsync("alice"));
        alice.Register();
        alice.ExpectsResponse(200);
    }

    [Theory]
    [InlineData(false, 301, "2592000")]
    [InlineData(true, 302, null)]
    public void A_user_who_is_moved_is_sent_to_the_new_home(bool temporarily, int status, string? expires)
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        lab.Run(() => lab.Server.MoveUserAsync("alice", Elsewhere, temporarily));
        var notify = alice.ExpectsRequest("NOTIFY");
        Assert.Equal("deregistered;event=deactivated", notify.BodyText);
        alice.Answer(notify, 200);

        alice.Register();
        var redirection = alice.ExpectsResponse(status);
        Assert.Equal("Redirect request to Home Server", redirection.ReasonPhrase);
        Assert.Equal("<sip:pool2.contoso.test:5061;transport=tls>", redirection.Headers[HeaderName.Contact]);
        Assert.Equal(expires, redirection.Headers[HeaderName.Expires]);
        Assert.Equal(0, lab.Counts.Bindings);

        lab.Run(() => lab.Server.MoveUserAsync("alice", null));
        alice.Register();
        alice.ExpectsResponse(200);
    }

    [Fact]
    public void A_user_who_gets_another_registrar_is_told_which()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");

        lab.Run(() => lab.Server.ChangeRegistrarAsync("alice", Elsewhere));

        var notify = alice.ExpectsRequest("NOTIFY");
        Assert.Equal("deregistered;event=preferred-registrar-change", notify.BodyText);
        // [MS-SIPREGE] §2.2.1.8: an addr-spec, without brackets.
        Assert.Equal("sip:pool2.contoso.test:5061;transport=tls", notify.Headers[HeaderName.PPreferredRegistrar]);
        alice.Answer(notify, 200);
        alice.Register();
        alice.ExpectsResponse(301);
    }

    [Fact]
    public void When_the_user_services_go_only_those_stay_who_can_do_without()
    {
        using var lab = new ServerLab();
        var desk = lab.Connect("alice", "de51");
        desk.Register("Supported: ms-userservices-state-notification");
        desk.ExpectsResponse(200);
        var phone = lab.SignIn("alice", "f0e1");

        lab.Run(() => lab.Server.SetUserServicesAsync(false));

        var told = desk.ExpectsRequest("NOTIFY");
        Assert.Equal(("active", "registered;event=userservices-unavailable"), (told.Headers[HeaderName.SubscriptionState], told.BodyText));
        desk.Answer(told, 200);
        var signedOut = phone.ExpectsRequest("NOTIFY");
        Assert.Equal("deregistered;event=userservices-unavailable", signedOut.BodyText);
        phone.Answer(signedOut, 200);
        phone.Register();
        Assert.StartsWith("4165", phone.ExpectsResponse(480).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        desk.Register("Supported: ms-userservices-state-notification");
        desk.ExpectsResponse(200);

        lab.Run(() => lab.Server.SetUserServicesAsync(false));
        desk.ExpectsNothing();
        lab.Run(() => lab.Server.SetUserServicesAsync(true));
        phone.Register();
        phone.ExpectsResponse(200);
    }

    [Fact]
    public void What_happens_to_endpoints_is_told_in_order()
    {
        using var lab = new ServerLab(options => options with { MaxEndpointsPerUser = 1 });
        var log = new List<string>();
        lab.Server.EndpointChanged += _ => throw new InvalidOperationException("Nor does an earlier one's harm the later ones.");
        lab.Server.EndpointChanged += change =>
        {
            log.Add($"{change.Endpoint.Epid} {change.Reason}{(change.Told is { } told ? $" ({told})" : "")}");
            throw new InvalidOperationException("A handler's mistake harms nobody.");
        };

        var desk = lab.SignIn("alice", "de51");
        desk.Register();
        desk.ExpectsResponse(200);
        var phone = lab.SignIn("alice", "f0e1");
        desk.Answer(desk.ExpectsRequest("NOTIFY"), 200);
        lab.Run(() => lab.Server.DeregisterAsync("alice", DeregistrationReason.Deactivated));
        phone.Answer(phone.ExpectsRequest("NOTIFY"), 200);
        phone.Register();
        phone.ExpectsResponse(200);
        phone.Register("Expires: 0");
        phone.ExpectsResponse(200);
        desk.Register();
        desk.ExpectsResponse(200);
        desk.Close();

        Assert.Equal(
            [
                "de51 Registered", "de51 Refreshed", "de51 Displaced (Unregistered)", "f0e1 Registered", "f0e1 Deregistered (Deactivated)", "f0e1 Registered", "f0e1 Unregistered",
                "de51 Registered", "de51 FlowClosed",
            ],
            log);
    }

    [Fact]
    public void The_endpoints_are_listed_with_what_is_known_of_them()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice", "451e9252b6");
        lab.SignIn("bob");
        lab.Advance(TimeSpan.FromSeconds(200));

        var endpoint = Assert.Single(lab.Run(() => lab.Server.GetEndpointsAsync("alice")));

        Assert.Equal(
            ("sip:alice@contoso.test", "e0de506b-a705-59cc-9bfa-d37593141231", "451e9252b6", TimeSpan.FromSeconds(7000), "Purple/2.14 Sipe/1.25", true),
            (endpoint.User, endpoint.Instance, endpoint.Epid, endpoint.Expires, endpoint.UserAgent, endpoint.IsConnected));
        Assert.Equal(alice.Gruu, endpoint.Gruu!.Text);
        Assert.DoesNotContain("alice", endpoint.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, lab.Run(() => lab.Server.GetEndpointsAsync()).Count);
    }

    [Fact]
    public void Mistakes_of_the_caller_are_told_at_once()
    {
        using var lab = new ServerLab();

        lab.Run(async () => await Assert.ThrowsAsync<ArgumentException>(() => lab.Server.DeregisterAsync("mallory")));
        lab.Run(async () => await Assert.ThrowsAsync<ArgumentException>(() => lab.Server.DeregisterAsync("alice", DeregistrationReason.Other)));
        lab.Run(async () => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => lab.Server.BeginMaintenanceAsync(TimeSpan.Zero)));
        Assert.Equal(0, lab.Run(() => lab.Server.DeregisterAsync("alice")));
    }
}
