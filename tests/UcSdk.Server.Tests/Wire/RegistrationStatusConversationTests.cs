using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>What a REGISTER is answered, one status after the other; those of authentication stand with authentication.</summary>
public sealed class RegistrationStatusConversationTests
{
    private static readonly SipTransportAddress Home = new("TCP", "home.contoso.test", 5060);

    [Fact]
    public void A_director_sends_everybody_home_and_keeps_nobody()
    {
        using var lab = new ServerLab(options => options with { HomeServer = Home, Users = [new("alice"), new("bob") { HomeServer = new("TLS", "branch.contoso.test", 443) }] });

        Assert.Equal("<sip:home.contoso.test:5060;transport=tcp>", Refused(lab.Connect("alice", "a11c"), 301).Headers[HeaderName.Contact]);
        Assert.Equal("<sip:branch.contoso.test:443;transport=tls>", Refused(lab.Connect("bob", "b0b1"), 301).Headers[HeaderName.Contact]);
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Fact]
    public void A_director_names_the_backup_behind_the_home_server()
    {
        using var lab = new ServerLab(options => options with
        {
            HomeServer = Home,
            BackupServer = new("TLS", "backup.contoso.test", 5061),
            Users = [new("alice"), new("bob") { BackupServer = new("TCP", "other.contoso.test", 5060) }, new("carol") { BackupServer = Home }],
        });

        Assert.Equal(
            ["<sip:home.contoso.test:5060;transport=tcp>;q=0.7", "<sip:backup.contoso.test:5061;transport=tls>;q=0.3"],
            Refused(lab.Connect("alice", "a11c"), 301).Headers.GetAll(HeaderName.Contact));
        Assert.Equal("<sip:other.contoso.test:5060;transport=tcp>;q=0.3", Refused(lab.Connect("bob", "b0b1"), 301).Headers.GetAll(HeaderName.Contact).Last());
        Assert.Equal(["<sip:home.contoso.test:5060;transport=tcp>"], Refused(lab.Connect("carol", "ca70"), 301).Headers.GetAll(HeaderName.Contact));
    }

    [Fact]
    public void A_user_proves_who_they_are_before_they_are_told_where_home_is()
    {
        using var lab = new ServerLab(options => options with { HomeServer = Home, Users = [new("alice") { Password = new SipPassword("wonderland") }] });

        Assert.Null(Refused(lab.Connect("alice", "a11c"), 401).Headers[HeaderName.Contact]);
    }

    [Fact]
    public void A_home_server_that_cannot_be_reached_is_504()
    {
        using var lab = new ServerLab(options => options with { HomeServer = Home });
        lab.Run(() => lab.Server.SetHomeServerStateAsync(Home, HomeServerState.Unreachable));

        Assert.StartsWith("2;reason=\"The home server cannot be reached\"", Refused(lab.Connect("alice", "a11c"), 504).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
    }

    [Fact]
    public void Maintenance_keeps_new_endpoints_away_for_a_time_and_disturbs_nobody_else()
    {
        using var lab = new ServerLab();
        var alice = lab.SignIn("alice");
        lab.Run(() => lab.Server.BeginMaintenanceAsync(TimeSpan.FromSeconds(29.5)));

        var bob = lab.Connect("bob", "b0b1");
        Assert.Equal("30", Refused(bob, 503).Headers[HeaderName.RetryAfter]);
        alice.Register();
        alice.ExpectsResponse(200);
        alice.Register("Expires: 0");
        alice.ExpectsResponse(200);
        Refused(alice, 503);

        lab.Run(() => lab.Server.EndMaintenanceAsync());
        bob.Register();
        bob.ExpectsResponse(200);
    }

    [Fact]
    public void A_client_of_the_wrong_version_is_forbidden_with_a_warning()
    {
        using var lab = new ServerLab(options => options with { AcceptClient = agent => agent.Contains("Sipe/1.25", StringComparison.Ordinal) });

        var alice = lab.Connect("alice", "a11c");
        alice.Register(edit: text => text.Replace("Sipe/1.25", "Sipe/1.10", StringComparison.Ordinal));
        var refusal = alice.ExpectsResponse(403);
        Assert.Equal("310 lcs.microsoft.com \"You are currently not using the recommended version of the client\"", refusal.Headers[HeaderName.Warning]);
        Assert.StartsWith("17002;", refusal.Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);

        alice.Register();
        alice.ExpectsResponse(200);
    }

    // [MS-SIPREGE] §3.1.2.5.1.
    [Theory]
    [InlineData("Event: registration", "Event: presence", 489, "4055")]
    [InlineData("gruu-10, ", "", 421, "2057")]
    [InlineData(";epid=a11c", "", 400, "4010")]
    public void A_REGISTER_of_the_wrong_form_is_refused_as_the_specification_says(string part, string instead, int status, string errorId)
    {
        using var lab = new ServerLab();
        var alice = lab.Connect("alice", "a11c");

        alice.Register(edit: text => text.Replace(part, instead, StringComparison.Ordinal));

        var refusal = alice.ExpectsResponse(status);
        Assert.StartsWith(errorId + ";", refusal.Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        Assert.Equal(status == 489 ? "registration" : null, refusal.Headers[HeaderName.AllowEvents]);
        Assert.Equal(status == 421 ? "gruu-10" : null, refusal.Headers[HeaderName.Require]);
        Assert.Equal(0, lab.Counts.Bindings);
    }

    [Fact]
    public void Too_short_a_life_is_423_with_the_shortest()
    {
        using var lab = new ServerLab();
        var alice = lab.Connect("alice", "a11c");

        alice.Register("Expires: 59");
        Assert.Equal("60", alice.ExpectsResponse(423).Headers[HeaderName.MinExpires]);
        alice.Register("Expires: 60");
        Assert.Equal("60", alice.ExpectsResponse(200).Headers[HeaderName.Expires]);
    }

    [Theory]
    [InlineData(true, "RemoteUser")]
    [InlineData(false, null)]
    public void Who_comes_from_outside_is_told_so(bool isEdge, string? told)
    {
        using var lab = new ServerLab(options => options with { IsAccessEdge = isEdge });
        var alice = lab.Connect("alice", "a11c");

        alice.Register();

        // As the example of [MS-SIPRE] §4.10 has it.
        Assert.Equal(told, alice.ExpectsResponse(200).Headers[HeaderName.Of("ms-user-logon-data")]);
    }

    [Fact]
    public void Unknown_users_and_those_of_others_are_refused()
    {
        using var lab = new ServerLab();

        Assert.StartsWith("4005;", Refused(lab.Connect("mallory", "bad1"), 404).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
        var alice = lab.Connect("alice", "a11c");
        alice.Register(edit: text => text.Replace("To: <sip:alice@", "To: <sip:bob@", StringComparison.Ordinal));
        Assert.StartsWith("4004;", alice.ExpectsResponse(403).Headers[HeaderName.MsDiagnostics], StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_takes_the_users_of_a_server_that_is_gone_and_sends_them_back()
    {
        using var lab = new ServerLab();
        var primary = lab.Server.ListenAddresses[0];
        var backup = lab.StartServer("backup.contoso.test", options => options with { HomeServer = primary });
        var there = lab.Connect("alice", "a11c", backup);

        Assert.Equal($"<sip:{primary.Host}:{primary.Port};transport=tcp>", Refused(there, 301).Headers[HeaderName.Contact]);

        lab.Run(() => lab.Server.AbortAsync());
        lab.Run(() => backup.SetHomeServerStateAsync(primary, HomeServerState.TakenOver));
        there.Register();
        Assert.Equal(
            "register-action=\"added\";primary-cluster-type=\"central\";is-connected-to-primary=\"no\"", there.ExpectsResponse(200).Headers[HeaderName.PresenceState]);

        lab.Run(() => backup.SetHomeServerStateAsync(primary, HomeServerState.Available));
        var notify = there.ExpectsRequest("NOTIFY");
        Assert.Equal("deregistered;event=preferred-registrar-change", notify.BodyText);
        Assert.Equal($"sip:{primary.Host}:{primary.Port};transport=tcp", notify.Headers[HeaderName.PPreferredRegistrar]);
        there.Answer(notify, 200);
        Refused(there, 301);
    }

    [Fact]
    public void A_server_that_starts_again_at_its_address_takes_clients_of_before_as_new_ones()
    {
        using var lab = new ServerLab();
        var address = lab.Server.ListenAddresses[0];
        var before = lab.SignIn("alice", "a11c");
        lab.Run(() => lab.Server.AbortAsync());
        Assert.True(before.IsClosed);

        var again = lab.StartServer(address.Host);
        Assert.Equal(address, again.ListenAddresses[0]);
        var alice = lab.Connect("alice", "a11c", again);
        // The same Call-ID and a number that the new server has never seen: nothing of before is known.
        alice.Register();
        Assert.Contains("added", alice.ExpectsResponse(200).Headers[HeaderName.PresenceState], StringComparison.Ordinal);
        Assert.Equal(before.Gruu, alice.Gruu);
    }

    private static SipResponse Refused(RawClient client, int status)
    {
        client.Register();
        return client.ExpectsResponse(status);
    }
}
