using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A client that lost its server comes back, or says why it does not.</summary>
public sealed class ReconnectTests
{
    private readonly SignInLab _lab = new();

    [Fact]
    public void A_lost_connection_is_made_again_within_a_second_as_the_same_endpoint() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();
        var before = _lab.Server.Last("REGISTER");

        _lab.Network.CutHost("alice");
        await _lab.DelayAsync(1.1);

        Assert.Equal(
            ["SignedIn → SigningIn (ConnectionLost)", "SigningIn → SigningIn (SignInDelayed)", "SigningIn → SignedIn (SignedIn)"],
            _lab.States.Log[2..]);
        var after = _lab.Server.Last("REGISTER");
        Assert.Equal((before.CallId, before.CSeq!.Number + 1, before.From!.Epid), (after.CallId, after.CSeq!.Number, after.From!.Epid));
        Assert.Equal(before.Contact!.Parameters["+sip.instance"], after.Contact!.Parameters["+sip.instance"]);
        Assert.Equal(2, _lab.Server.Requests.Count(request => request.Name.StartsWith("SUBSCRIBE", StringComparison.Ordinal)));
        var wait = _lab.Stages.Items.Single(stage => stage.Stage == SignInStage.Wait);
        Assert.Equal((0, 503), (wait.StatusCode, Assert.IsType<RegisterException>(wait.Cause).StatusCode));
        Assert.InRange(_lab.Delays.Items.Single().EstimatedStartDelay, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.NotNull(_lab.Alice.Self);
    });

    [Fact]
    public void Every_conversation_ends_with_its_reason_before_the_client_comes_back() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();
        var conversation = await _lab.Alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri);
        var talk = new Recorder<ConversationStateChange>();
        using var subscription = conversation.StateChanges.Subscribe(talk);

        _lab.Network.CutHost("alice");
        await _lab.Alice.WaitForStateAsync(ClientState.SigningIn);
        await Assert.ThrowsAsync<NotSignedInException>(() => _lab.Alice.ConversationManager.MeetNowAsync());
        await _lab.Alice.WaitForStateAsync(ClientState.SignedIn);

        Assert.Equal(["Active → Inactive (ModalitiesDisconnected)", "Inactive → Terminated (ConnectionLost)", "completed"], talk.Log);
        Assert.Empty(_lab.Alice.ConversationManager.Conversations);
        var again = await _lab.Alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri);
        Assert.Equal(ConferenceSessionState.Connected, again.ConferenceSession!.State);
    });

    [Fact]
    public void A_server_that_stays_away_is_asked_less_and_less_and_found_when_it_is_back() => _lab.Run(
        async () =>
        {
            var home = await _lab.AddServerAsync("home");
            await _lab.SignInAsync();
            await home.StopAsync();
            await _lab.DelayAsync(600);

            Assert.Equal(ClientState.SigningIn, _lab.Alice.State);
            var waits = _lab.Delays.Items.Skip(1).Select(delay => delay.EstimatedStartDelay.TotalSeconds).ToArray();
            Assert.InRange(waits.Length, 8, 13);
            for (var n = 0; n < waits.Length; n++)
            {
                var bound = Math.Min(120, 2 * Math.Pow(2, n + 1));
                Assert.InRange(waits[n], bound / 2, bound);
            }

            Assert.All(_lab.Delays.Items.Skip(1), delay => Assert.Equal(503, delay.StatusCode));
            await _lab.AddServerAsync("home");
            await _lab.Alice.WaitForStateAsync(ClientState.SignedIn);
            Assert.True(_lab.Now <= _lab.Delays.Items[^1].NextAttempt + TimeSpan.FromSeconds(1));
        },
        options => options with { Server = SignInLab.Tcp("home") });

    [Fact]
    public void Signing_out_ends_the_waiting() => _lab.Run(
        async () =>
        {
            var home = await _lab.AddServerAsync("home");
            await _lab.SignInAsync();
            await home.StopAsync();
            await _lab.DelayAsync(30);

            await _lab.Alice.SignOutAsync();

            Assert.Equal("SigningIn → SignedOut (SignInCanceled)", _lab.States.Log[^1]);
            var said = _lab.Stages.Items.Count;
            await _lab.DelayAsync(600);
            Assert.Equal(said, _lab.Stages.Items.Count);
        },
        options => options with { Server = SignInLab.Tcp("home") });

    [Fact]
    public void A_refusal_that_holds_ends_the_coming_back() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();
        SignInLab.Refuse(_lab.Server, 403, "ms-diagnostics: 4141;reason=\"User disabled\"\r\n");

        _lab.Network.CutHost("alice");
        await _lab.Alice.WaitForStateAsync(ClientState.SignedOut);
        await _lab.DelayAsync(1);

        Assert.Equal("SigningIn → SignedOut (SignInFailed)", _lab.States.Log[^1]);
        Assert.Equal(4141, Assert.IsType<RegisterException>(_lab.States.Items[^1].Cause).Diagnostics!.ErrorId);
    });

    [Fact]
    public void Attempts_end_when_the_options_say_so() => _lab.Run(
        async () =>
        {
            var home = await _lab.AddServerAsync("home");
            await _lab.SignInAsync();
            var lost = _lab.Now;
            await home.StopAsync();

            await _lab.Alice.WaitForStateAsync(ClientState.SignedOut);
            await _lab.DelayAsync(0.1);

            Assert.InRange(_lab.Now - lost, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60 + 64 + 1));
            Assert.Equal(503, Assert.IsType<RegisterException>(_lab.States.Items[^1].Cause).StatusCode);
        },
        options => options with { Server = SignInLab.Tcp("home"), Reconnect = new ReconnectOptions { GiveUpAfter = TimeSpan.FromMinutes(1) } });

    [Fact]
    public void A_registration_that_no_answer_renews_is_made_anew() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();
        var accepted = _lab.Server.Answers["REGISTER"];
        _lab.Server.Answers["REGISTER"] = _ => Task.FromResult<SipResponse?>(null);
        await _lab.DelayAsync(7201);
        Assert.Equal("SignedIn → SigningIn (RegistrationLost)", _lab.States.Log[2]);

        _lab.Server.Answers["REGISTER"] = accepted;
        await _lab.Alice.WaitForStateAsync(ClientState.SignedIn);

        Assert.Equal(2, _lab.Network.OpenFlows);
    });

    [Fact]
    public void A_server_that_is_silent_about_a_refresh_signs_out_where_nobody_wants_it_back() => _lab.Run(
        async () =>
        {
            await _lab.SignInAsync();
            _lab.Server.Answers["REGISTER"] = _ => Task.FromResult<SipResponse?>(null);

            await _lab.DelayAsync(7201);

            Assert.Equal("SignedIn → SignedOut (RegistrationLost)", _lab.States.Log[2]);
        },
        options => options with { Reconnect = null });

    [Theory]
    [InlineData("unregistered", DeregistrationReason.Unregistered)]
    [InlineData("rejected", DeregistrationReason.Rejected)]
    [InlineData("something-else", DeregistrationReason.Other)]
    public void What_the_server_ends_for_good_is_not_begun_again(string word, DeregistrationReason reason) => _lab.Run(async () =>
    {
        await _lab.SignInAsync();

        await DeregisterAsync(_lab.Server, word, "ms-diagnostics-public: 4141;reason=\"User disabled\"\r\n");
        await _lab.DelayAsync(60);

        Assert.Equal("SignedIn → SignedOut (Deregistered)", _lab.States.Log[^1]);
        var said = _lab.States.Items[^1].Deregistration!;
        Assert.Equal((reason, word, 4141), (said.Reason, said.Token, said.Diagnostics!.ErrorId));
        Assert.Equal(1, _lab.CountRegisters(_lab.Server));
        Assert.Contains("alice: 200 NOTIFY", _lab.Server.Log);
    });

    [Fact]
    public void A_presence_service_that_has_gone_is_waited_for() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();

        await DeregisterAsync(_lab.Server, "userservices-unavailable");
        await _lab.DelayAsync(5);

        Assert.Equal(
            ["SignedIn → SigningIn (RegistrationLost)", "SigningIn → SigningIn (SignInDelayed)", "SigningIn → SignedIn (SignedIn)"],
            _lab.States.Log[2..]);
        Assert.Equal(DeregistrationReason.UserServicesUnavailable, _lab.States.Items[2].Deregistration!.Reason);
    });

    [Fact]
    public void A_presence_service_that_is_said_to_be_gone_takes_nobody_away() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();

        await _lab.Server.NotifyAsync("alice", "registration-notify", "text/registration-event", "registered;event=userservices-unavailable");
        await _lab.DelayAsync(5);

        Assert.Equal((2, 1), (_lab.States.Items.Count, _lab.CountRegisters(_lab.Server)));
        Assert.Contains("alice: 200 NOTIFY", _lab.Server.Log);
    });

    [Fact]
    public void A_server_that_ends_the_registration_without_a_word_ends_it_for_good() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();

        await _lab.Server.NotifyAsync("alice", "registration-notify", "text/registration-event", "");
        await _lab.DelayAsync(60);

        Assert.Equal("SignedIn → SignedOut (Deregistered)", _lab.States.Log[^1]);
        Assert.Equal((DeregistrationReason.Other, ""), (_lab.States.Items[^1].Deregistration!.Reason, _lab.States.Items[^1].Deregistration!.Token));
    });

    [Fact]
    public void A_refresh_that_finds_nothing_to_refresh_makes_everything_anew() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();
        var accepted = _lab.Server.Answers["REGISTER"];
        _lab.Server.Answers["REGISTER"] = request =>
        {
            _lab.Server.Answers["REGISTER"] = accepted;
            return _lab.Server.Reply(request, 200, Texts.Registered(request).Replace("refreshed", "added", StringComparison.Ordinal));
        };

        await _lab.DelayAsync(7085);

        Assert.Equal(
            ["SignedIn → SigningIn (RegistrationLost)", "SigningIn → SigningIn (SignInDelayed)", "SigningIn → SignedIn (SignedIn)"],
            _lab.States.Log[2..]);
        Assert.Equal(2, _lab.Server.Requests.Count(request => request.Name == "SUBSCRIBE vnd-microsoft-provisioning-v2"));
        Assert.Equal(2, _lab.Network.OpenFlows);
    });

    [Fact]
    public void A_refresh_that_no_home_server_can_take_is_a_new_sign_in() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();
        SignInLab.Refuse(_lab.Server, 480, "ms-diagnostics: 4140;reason=\"Home server is unavailable\"\r\n");

        await _lab.DelayAsync(7085);

        Assert.Equal("SignedIn → SigningIn (RegistrationLost)", _lab.States.Log[2]);
        Assert.Equal(480, Assert.IsType<RegisterException>(_lab.States.Items[2].Cause).StatusCode);
        Assert.Equal((ClientState.SignedIn, 3), (_lab.Alice.State, _lab.CountRegisters(_lab.Server)));
    });

    [Theory]
    [InlineData(401, ClientState.SignedOut)]
    [InlineData(403, ClientState.SignedOut)]
    [InlineData(404, ClientState.SignedOut)]
    [InlineData(408, ClientState.SignedIn)]
    [InlineData(423, ClientState.SignedIn)]
    [InlineData(500, ClientState.SignedIn)]
    [InlineData(503, ClientState.SignedIn)]
    [InlineData(504, ClientState.SignedIn)]
    public void What_a_refresh_is_answered_says_whether_the_user_stays(int status, ClientState state) => _lab.Run(async () =>
    {
        await _lab.SignInAsync();
        SignInLab.Refuse(_lab.Server, status, status == 423 ? "Min-Expires: 7300\r\n" : "\r\n");

        await _lab.DelayAsync(7190);

        Assert.Equal(state, _lab.Alice.State);
        Assert.Equal(state == ClientState.SignedIn ? 2 : 3, _lab.States.Items.Count);
        Assert.Equal(state == ClientState.SignedIn ? 3 : 2, _lab.CountRegisters(_lab.Server));
    });

    [Fact]
    public void Who_is_moved_asks_the_first_server_where_to_go() => _lab.Run(async () =>
    {
        var old = await _lab.AddServerAsync("pool1.contoso.com");
        var young = await _lab.AddServerAsync("pool2.contoso.com");
        SignInLab.Refuse(_lab.Server, 301, SignInLab.To("<sip:pool1.contoso.com:5060;transport=TCP>"));
        await _lab.SignInAsync();
        SignInLab.Refuse(_lab.Server, 301, SignInLab.To("<sip:pool2.contoso.com:5060;transport=TCP>"));

        await DeregisterAsync(old, "deactivated");
        await _lab.DelayAsync(5);

        Assert.Equal(
            ["SignedIn → SigningIn (Moved)", "SigningIn → SigningIn (SignInDelayed)", "SigningIn → SignedIn (SignedIn)"],
            _lab.States.Log[2..]);
        Assert.Equal(DeregistrationReason.Deactivated, _lab.States.Items[2].Deregistration!.Reason);
        Assert.Equal((1, 1), (_lab.CountRegisters(old), _lab.CountRegisters(young)));
    });

    [Fact]
    public void A_preferred_registrar_is_gone_to_at_once() => _lab.Run(async () =>
    {
        var preferred = await _lab.AddServerAsync("pool1.contoso.com");
        await _lab.SignInAsync();

        await DeregisterAsync(_lab.Server, "preferred-registrar-change", "P-Preferred-Registrar: sip:pool1.contoso.com:5060;transport=tcp\r\n");
        await _lab.DelayAsync(5);

        Assert.Equal("SignedIn → SigningIn (Moved)", _lab.States.Log[2]);
        Assert.Equal((1, 1), (_lab.CountRegisters(_lab.Server), _lab.CountRegisters(preferred)));
        Assert.Equal(ClientState.SignedIn, _lab.Alice.State);
    });

    [Fact]
    public void A_preferred_registrar_in_a_strange_domain_is_not_gone_to() => _lab.Run(async () =>
    {
        var strange = await _lab.AddServerAsync("pool.fabrikam.com");
        await _lab.SignInAsync();

        await DeregisterAsync(_lab.Server, "preferred-registrar-change", "P-Preferred-Registrar: sip:pool.fabrikam.com:5060;transport=tcp\r\n");
        await _lab.DelayAsync(5);

        Assert.Equal((2, 0), (_lab.CountRegisters(_lab.Server), _lab.CountRegisters(strange)));
    });

    [Fact]
    public void A_refresh_that_is_redirected_moves_the_client() => _lab.Run(async () =>
    {
        var home = await _lab.AddServerAsync("pool1.contoso.com");
        await _lab.SignInAsync();
        SignInLab.Refuse(_lab.Server, 301, SignInLab.To("<sip:pool1.contoso.com:5060;transport=TCP>"));

        await _lab.DelayAsync(7090);

        Assert.Equal("SignedIn → SigningIn (Moved)", _lab.States.Log[2]);
        Assert.Equal((2, 1), (_lab.CountRegisters(_lab.Server), _lab.CountRegisters(home)));
    });

    [Fact]
    public void Where_nobody_wants_it_back_a_move_is_an_end() => _lab.Run(
        async () =>
        {
            await _lab.SignInAsync();

            await DeregisterAsync(_lab.Server, "deactivated");
            await _lab.DelayAsync(5);

            Assert.Equal("SignedIn → SignedOut (Deregistered)", _lab.States.Log[^1]);
        },
        options => options with { Reconnect = null });

    [Fact]
    public void The_numbers_go_on_rising_after_a_sign_out_too() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();
        await _lab.DelayAsync(7090);
        await _lab.Alice.SignOutAsync();

        await _lab.SignInAsync();

        var registers = _lab.Server.Requests.Where(request => request.Name == "REGISTER").Select(request => request.Request).ToArray();
        Assert.Single(registers.Select(register => register.CallId).Distinct());
        Assert.Equal([1u, 2u, 3u, 4u], registers.Select(register => register.CSeq!.Number));
    });

    private static Task DeregisterAsync(ScriptedServer server, string word, string headers = "") =>
        server.NotifyAsync("alice", "registration-notify", "text/registration-event", $"deregistered;event={word}", headers);
}
