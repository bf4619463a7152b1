using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Servers that ask for a password and sign what they say: what a signature is worth, and what becomes of it when the server forgets.</summary>
public sealed class SignedPoolTests : IDisposable
{
    private static readonly SipTransportAddress Strange = new("TCP", "home.fabrikam.test", 5060);
    private readonly SipPassword _password = new("wonderland");
    private readonly RecordingTrace _trace = new();

    public void Dispose() => _password.Dispose();

    [Fact]
    public void A_signed_redirection_leads_anywhere_and_the_new_server_gets_an_association_of_its_own() => Pool.Run(async pool =>
    {
        var director = await pool.StartAsync("dir", options => Known(options) with { HomeServer = Strange });
        var home = await pool.StartAsync("home", options => Known(options) with { Listen = [Strange] });

        var (alice, _) = await pool.SignInAsync("desk", "dir", Knowing);

        Assert.Equal((0, 1), (await Pool.CountAsync(director), await Pool.CountAsync(home)));
        Assert.Equal((0, 1), (await director.CountAssociationsAsync(), await home.CountAssociationsAsync()));
        var redirection = Responses(301).Single();
        Assert.StartsWith("NTLM ", redirection.Headers[HeaderName.AuthenticationInfo], StringComparison.Ordinal);
        Assert.Contains("rspauth=", redirection.Headers[HeaderName.AuthenticationInfo], StringComparison.Ordinal);

        // Three messages for each association; the second begins with nothing of the first.
        var registers = Requests(SipMethod.Register);
        Assert.Equal(
            ["dir –", "dir token", "dir token", "home –", "home token", "home token"],
            registers.Select(entry => $"{entry.Flow.Remote.Host.Split('.')[0]} {(AnswerIn(entry) is null ? "–" : "token")}"));
        Assert.Equal([1u, 2, 3, 4, 5, 6], registers.Select(entry => entry.Message!.CSeq!.Number));
        Assert.True(alice.Self!.CanMeet);
    });

    [Fact]
    public void The_same_redirection_without_a_signature_leads_nowhere() => Pool.Run(async pool =>
    {
        var digest = new ServerAuthenticationOptions { Schemes = [SipAuthenticationScheme.Digest] };
        await pool.StartAsync("dir", options => Known(options) with { HomeServer = Strange, Authentication = digest });
        var home = await pool.StartAsync("home", options => Known(options) with { Listen = [Strange] });

        var failure = await Assert.ThrowsAsync<RegisterException>(() => pool.SignInAsync("desk", "dir", Knowing));

        Assert.Equal((SignInStage.Redirect, 301), (failure.Stage, failure.StatusCode));
        Assert.Contains("the redirection is not signed", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(0, await Pool.CountAsync(home));
    });

    [Fact]
    public void A_server_that_has_forgotten_the_association_gets_another_and_the_application_does_not_notice() => Pool.Run(async pool =>
    {
        var server = await pool.StartAsync("sip", Known);
        var (alice, states) = await pool.SignInAsync("desk", "sip", Knowing);
        await pool.DelayAsync(5);
        await server.ForgetAssociationsAsync();
        Assert.Equal(0, await server.CountAssociationsAsync());
        _trace.Clear();

        var meeting = await alice.ConversationManager.MeetNowAsync();

        Assert.NotNull(meeting);
        Assert.Equal(1, await server.CountAssociationsAsync());
        // The signed one, the first word of the handshake, its last; all under one Call-ID.
        var services = Requests(SipMethod.Service);
        Assert.Equal(3, services.Length);
        Assert.Single(services.Select(entry => entry.Message!.CallId).Distinct());
        Assert.Equal(2, Responses(401).Length + Responses(407).Length);
        Assert.Empty(Requests(SipMethod.Register));
        Assert.Equal(2, states.Items.Count);

        await meeting.JoinAsync();
        await meeting.EndAsync();
    });

    [Fact]
    public void A_refresh_that_is_challenged_is_repeated_and_the_user_stays_signed_in() => Pool.Run(async pool =>
    {
        var server = await pool.StartAsync("sip", options => Known(options) with { RegistrationExpires = TimeSpan.FromMinutes(10) });
        var (alice, states) = await pool.SignInAsync("desk", "sip", Knowing);
        var stages = new Recorder<SignInProgress>();
        using var subscription = alice.SignInProgress.Subscribe(stages);
        await pool.DelayAsync(5);
        await server.ForgetAssociationsAsync();
        _trace.Clear();

        await pool.DelayAsync(600);

        Assert.Equal((3, 1, 1), (Requests(SipMethod.Register).Length, await Pool.CountAsync(server), await server.CountAssociationsAsync()));
        Assert.Equal((ClientState.SignedIn, 2), (alice.State, states.Items.Count));
        Assert.Empty(stages.Items);
    });

    [Fact]
    public void A_password_that_is_not_right_any_more_signs_out_and_says_so() => Pool.Run(async pool =>
    {
        using var changed = new SipPassword("looking-glass");
        var users = new ForgetfulUsers(_password);
        var server = await pool.StartAsync("sip", options => options with
        {
            RegistrationExpires = TimeSpan.FromMinutes(10),
            Authentication = new() { Users = users, Schemes = [SipAuthenticationScheme.Ntlm] },
        });
        var (_, states) = await pool.SignInAsync("desk", "sip", Knowing);
        users.Password = changed;
        await pool.DelayAsync(600);
        Assert.Equal(2, states.Items.Count);

        await server.ForgetAssociationsAsync();
        await pool.DelayAsync(600);

        Assert.Equal("SignedIn → SignedOut (RegistrationLost)", states.Log[^1]);
        var cause = Assert.IsType<RegisterException>(states.Items[^1].Cause);
        Assert.Equal(401, cause.StatusCode);
        Assert.Equal([new SchemeAttempt("NTLM", SchemeOutcome.Failed, "the server did not accept the user's name and password")], cause.Schemes);
        Assert.DoesNotContain("wonderland", cause.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public void An_edge_that_asks_with_407_is_answered_as_a_registrar_that_asks_with_401() => Pool.Run(async pool =>
    {
        var edge = await pool.StartAsync("edge", options => Known(options) with { Authentication = new() { AsProxy = true } });

        var (alice, _) = await pool.SignInAsync("desk", "edge", Knowing);

        Assert.Equal((2, 0), (Responses(407).Length, Responses(401).Length));
        Assert.All(Requests(SipMethod.Register), entry => Assert.Null(entry.Message!.Headers[HeaderName.Authorization]));
        Assert.Equal(1, await edge.CountAssociationsAsync());
        await alice.SignOutAsync();
        Assert.Equal(0, await Pool.CountAsync(edge));
    });

    [Fact]
    public void A_wrong_password_at_an_edge_is_refused_with_407() => Pool.Run(async pool =>
    {
        using var wrong = new SipPassword("guess");
        await pool.StartAsync("edge", options => Known(options) with { Authentication = new() { AsProxy = true } });

        var failure = await Assert.ThrowsAsync<RegisterException>(() => pool.SignInAsync("desk", "edge", options => Knowing(options) with { Password = wrong }));

        Assert.Equal((SignInStage.Register, 407), (failure.Stage, failure.StatusCode));
        Assert.Equal(["NTLM", "Digest"], failure.OfferedSchemes);
        Assert.Equal(["NTLM", "Digest"], failure.Schemes.Select(scheme => scheme.Scheme));
    });

    private UcServerOptions Known(UcServerOptions options) => options with { Users = [new("alice") { Password = _password }] };

    private LyncClientOptions Knowing(LyncClientOptions options) => options with { Password = _password, Trace = _trace };

    private SipTraceEntry[] Requests(SipMethod method) =>
        [.. _trace.Entries.Where(entry => entry is { Direction: SipTraceDirection.Sent, Message: SipRequest request } && request.Method == method)];

    private SipResponse[] Responses(int status) =>
        [.. _trace.Entries.Select(entry => entry.Message).OfType<SipResponse>().Where(response => response.StatusCode == status)];

    private static string? AnswerIn(SipTraceEntry entry) => entry.Message!.Headers[HeaderName.Authorization];
}
