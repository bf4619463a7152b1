using UcSdk.Sip;

namespace UcSdk.Tests;

public sealed class SignInTests
{
    private readonly Lab _lab = new();

    [Fact]
    public void Signing_in_registers_and_reads_the_settings() => _lab.Run(async () =>
    {
        var alice = _lab.CreateClient("alice");
        var changes = new Recorder<ClientStateChange>();
        using var subscription = alice.StateChanges.Subscribe(changes);

        await alice.SignInAsync("alice@contoso.com");

        Assert.Equal(["alice: REGISTER", "server: 200 REGISTER", "alice: SUBSCRIBE vnd-microsoft-provisioning-v2", "server: 200 SUBSCRIBE vnd-microsoft-provisioning-v2"], _lab.Server.Log);
        Assert.Equal(ClientState.SignedIn, alice.State);
        Assert.Equal("sip:alice@contoso.com", alice.Uri);
        Assert.Equal("sip:alice@contoso.com;opaque=user:epid:a1De4AWnzFmb-tN1kxQSMQAA;gruu", alice.Self!.Gruu);
        Assert.True(alice.Self.CanMeet);
        await alice.DisposeAsync();
        await _lab.DelayAsync(1);
        Assert.Equal(
            [
                "SignedOut → SigningIn (SignInRequested)", "SigningIn → SignedIn (SignedIn)", "SignedIn → SigningOut (SignOutRequested)",
                "SigningOut → SignedOut (SignedOut)", "SignedOut → ShuttingDown (ShutDownRequested)", "ShuttingDown → Uninitialized (ShutDown)", "completed",
            ],
            changes.Log);
        Assert.Equal(["alice: REGISTER", "server: 200 REGISTER", "alice: closed"], _lab.Server.Log[4..]);
        Assert.Equal("0", _lab.Server.Last("REGISTER").Headers[HeaderName.Expires]);
    });

    // The headers that [MS-SIPREGE] §3.1 and the published traces of clients show.
    [Fact]
    public void The_first_REGISTER_says_what_a_Lync_registrar_wants_to_know() => _lab.Run(async () =>
    {
        await _lab.SignInAsync("alice", change: options => options with { Epid = "01010101" });

        var register = _lab.Server.Last("REGISTER");
        Assert.Equal("sip:contoso.com", register.UriText);
        Assert.Equal("01010101", register.From!.Epid);
        Assert.Null(register.To!.Tag);
        Assert.Equal("<urn:uuid:4b1682a8-f968-5701-83fc-7c6741dc6697>", register.Contact!.Parameters["+sip.instance"]);
        Assert.Equal("replace", register.Contact.Parameters["proxy"]);
        Assert.Contains("BENOTIFY", register.Contact.Parameters["methods"]);
        Assert.Equal("registration", register.Headers[HeaderName.Event]);
        Assert.Equal("UAC;hop-hop=yes", register.Headers[HeaderName.MsKeepAlive]);
        Assert.True(register.Headers.HasToken(HeaderName.Supported, "gruu-10"));
        Assert.Null(register.Headers[HeaderName.Expires]);
    });

    // RFC 6665 §8.2.2: nobody is to wait for notifications that will never come.
    [Fact]
    public void A_stray_SUBSCRIBE_is_refused_with_489_and_what_is_known_while_signing_in_and_afterwards() => _lab.Run(async () =>
    {
        var granted = _lab.Server.Answers["REGISTER"];
        _lab.Server.Answers["REGISTER"] = async request =>
        {
            await _lab.Server.SubscribeAsync("alice", "vnd-microsoft-roaming-contacts");
            return await granted(request);
        };
        await _lab.SignInAsync("alice");
        await _lab.Server.SubscribeAsync("alice", "presence");
        await _lab.DelayAsync(1);

        var refusals = _lab.Server.Responses.FindAll(response => response.CSeq!.Method == SipMethod.Subscribe);
        Assert.Equal([(489, "presence"), (489, "presence")], refusals.Select(response => (response.StatusCode, response.Headers[HeaderName.AllowEvents])));
    });

    [Fact]
    public void A_refused_registration_names_stage_status_and_diagnosis_and_can_be_tried_again() => _lab.Run(async () =>
    {
        var accepted = _lab.Server.Answers["REGISTER"];
        _lab.Server.Answers["REGISTER"] = request => _lab.Server.Reply(request, 404, "ms-diagnostics: 4005;reason=\"Destination URI unknown\"\r\nRetry-After: 30\r\n");
        var alice = _lab.CreateClient("alice");

        var failure = await Assert.ThrowsAsync<RegisterException>(() => alice.SignInAsync("sip:alice@contoso.com"));

        Assert.Equal((SignInStage.Register, 404), (failure.Stage, failure.StatusCode));
        Assert.Equal((4005, "Destination URI unknown"), (failure.Diagnostics!.ErrorId, failure.Diagnostics.Reason));
        Assert.Equal(TimeSpan.FromSeconds(30), failure.RetryAfter);
        Assert.Equal(ClientState.SignedOut, alice.State);
        Assert.Null(alice.Self);
        _lab.Server.Answers["REGISTER"] = accepted;
        await alice.SignInAsync("sip:alice@contoso.com");
        Assert.Equal(ClientState.SignedIn, alice.State);
    });

    [Fact]
    public void Without_a_server_the_stage_is_Connect() => _lab.Run(async () =>
    {
        var alice = _lab.CreateClient("alice", change: options => options with { Server = new("TCP", "nowhere", 5060) });

        var failure = await Assert.ThrowsAsync<RegisterException>(() => alice.SignInAsync("sip:alice@contoso.com"));

        Assert.Equal(SignInStage.Connect, failure.Stage);
    });

    [Fact]
    public void A_server_without_provisioning_signs_in_without_conferences() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE vnd-microsoft-provisioning-v2"] = request => _lab.Server.Reply(request, 489);

        var alice = await _lab.SignInAsync("alice");

        Assert.False(alice.Self!.CanMeet);
        var failure = await Assert.ThrowsAsync<ConferenceFailureException>(() => alice.ConversationManager.MeetNowAsync());
        Assert.Equal(ConferenceStage.Scheduling, failure.Stage);
        Assert.Empty(alice.ConversationManager.Conversations);
    });

    [Fact]
    public void A_registrar_that_offers_no_settings_is_not_asked_for_them() => _lab.Run(async () =>
    {
        _lab.Server.Answers["REGISTER"] = request => _lab.Server.Reply(request, 200, Texts.Registered(request).Replace("vnd-microsoft-provisioning-v2,", "", StringComparison.Ordinal));

        var alice = await _lab.SignInAsync("alice");

        Assert.False(alice.Self!.CanMeet);
        Assert.Equal(["alice: REGISTER", "server: 200 REGISTER"], _lab.Server.Log);
    });

    [Fact]
    public void A_server_that_says_nothing_fails_the_sign_in_after_timer_F() => _lab.Run(async () =>
    {
        _lab.Server.Answers["REGISTER"] = _ => Task.FromResult<SipResponse?>(null);
        var alice = _lab.CreateClient("alice");

        var failure = await Assert.ThrowsAsync<RegisterException>(() => alice.SignInAsync("sip:alice@contoso.com"));

        Assert.Equal((SignInStage.Register, 408), (failure.Stage, failure.StatusCode));
    });

    [Fact]
    public void Cancelling_the_token_takes_the_sign_in_back() => _lab.Run(async () =>
    {
        _lab.Server.Answers["SUBSCRIBE vnd-microsoft-provisioning-v2"] = _ => Task.FromResult<SipResponse?>(null);
        var alice = _lab.CreateClient("alice");
        var changes = new Recorder<ClientStateChange>();
        using var subscription = alice.StateChanges.Subscribe(changes);
        using var cancel = new CancellationTokenSource();

        var signingIn = alice.SignInAsync("sip:alice@contoso.com", cancel.Token);
        await _lab.DelayAsync(1);
        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signingIn);
        Assert.Equal("0", _lab.Server.Last("REGISTER").Headers[HeaderName.Expires]);
        Assert.Equal(ClientState.SignedOut, alice.State);
        Assert.Equal("SigningIn → SignedOut (SignInCanceled)", changes.Log[1]);
    });

    [Fact]
    public void Signing_out_cancels_a_sign_in() => _lab.Run(async () =>
    {
        _lab.Server.Answers["REGISTER"] = _ => Task.FromResult<SipResponse?>(null);
        var alice = _lab.CreateClient("alice");
        var signingIn = alice.SignInAsync("sip:alice@contoso.com");
        await _lab.DelayAsync(1);

        await alice.SignOutAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => signingIn);
        Assert.Equal(ClientState.SignedOut, alice.State);
    });

    [Fact]
    public void What_the_state_does_not_allow_is_refused_by_name() => _lab.Run(async () =>
    {
        var alice = _lab.CreateClient("alice");

        var early = await Assert.ThrowsAsync<NotSignedInException>(() => alice.ConversationManager.MeetNowAsync());
        Assert.Equal(("Client", "SignedOut", "MeetNowAsync"), (early.ObjectName, early.State, early.Operation));
        await Assert.ThrowsAsync<NotSignedInException>(() => alice.ConversationManager.AddConversationAsync());
        await Assert.ThrowsAsync<NotSignedInException>(() => alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri));
        await alice.SignInAsync("sip:alice@contoso.com");
        var twice = await Assert.ThrowsAsync<InvalidStateException>(() => alice.SignInAsync("sip:alice@contoso.com"));
        Assert.Equal("Client is SignedIn: SignInAsync is not possible now.", twice.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => alice.SignInAsync("no address"));
        await Assert.ThrowsAsync<ArgumentException>(() => alice.ConversationManager.JoinConferenceAsync("sip:bob@contoso.com"));
        await alice.DisposeAsync();
        await Assert.ThrowsAsync<InvalidStateException>(() => alice.SignInAsync("sip:alice@contoso.com"));
    });

    [Fact]
    public void A_refused_refresh_signs_out_two_minutes_before_the_registration_runs_out() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");
        var changes = new Recorder<ClientStateChange>();
        using var subscription = alice.StateChanges.Subscribe(changes);
        _lab.Server.Answers["REGISTER"] = request => _lab.Server.Reply(request, 403);

        await _lab.DelayAsync(7079);
        Assert.Equal(ClientState.SignedIn, alice.State);
        await _lab.DelayAsync(2);

        Assert.Equal(["SignedIn → SignedOut (RegistrationLost)"], changes.Log);
        Assert.Equal(403, Assert.IsType<RegisterException>(changes.Items[0].Cause).StatusCode);
    });

    [Fact]
    public void The_server_can_deregister_the_endpoint() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice");
        var changes = new Recorder<ClientStateChange>();
        using var subscription = alice.StateChanges.Subscribe(changes);

        await _lab.Server.NotifyAsync("alice", "registration-notify", "text/registration-event", "deregistered;event=rejected");
        await alice.WaitForStateAsync(ClientState.SignedOut);
        await _lab.DelayAsync(1);

        Assert.Equal("SignedIn → SignedOut (Deregistered)", changes.Log[0]);
        Assert.Contains("alice: 200 NOTIFY", _lab.Server.Log);
        Assert.Contains("alice: closed", _lab.Server.Log);
    });

    [Fact]
    public void Signing_out_leaves_the_conference_before_the_registration_is_withdrawn() => _lab.Run(async () =>
    {
        var (alice, conversation) = await _lab.JoinAsync("alice");
        await _lab.DelayAsync(1);
        var joined = _lab.Server.Log.Count;

        await alice.SignOutAsync();

        Assert.Equal(
            ["alice: BYE audio-video", "alice: SUBSCRIBE conference", "alice: BYE focus", "alice: REGISTER"],
            _lab.Server.Log[joined..].Where(line => line.StartsWith("alice", StringComparison.Ordinal) && line != "alice: closed"));
        Assert.Equal(ConversationState.Terminated, conversation.State);
        await alice.SignOutAsync();
        await alice.SignInAsync("sip:alice@contoso.com");
        Assert.Equal(ClientState.SignedIn, alice.State);
    });

    [Fact]
    public void Disposal_does_not_wait_for_ever_for_a_server_that_is_gone() => _lab.Run(async () =>
    {
        var (alice, _) = await _lab.JoinAsync("alice");
        _lab.Network.Block("server");
        var begin = _lab.Simulation.Clock.Now;

        var disposal = alice.DisposeAsync().AsTask();
        await disposal;

        Assert.InRange(_lab.Simulation.Clock.Now - begin, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10.1));
        Assert.Equal(ClientState.Uninitialized, alice.State);
        _lab.Network.Unblock("server");
    });

    [Fact]
    public void Disposal_does_not_wait_for_ever_for_a_handler_that_does_not_end() => _lab.Run(async () =>
    {
        var bob = await _lab.SignInAsync("bob");
        var never = new TaskCompletionSource();
        bob.ConversationManager.ConferenceInvitationHandler = (_, _) => never.Task;
        await _lab.Server.InviteAsync("bob", "c1", Texts.Invitation());
        await _lab.DelayAsync(1);

        await bob.DisposeAsync();

        Assert.Equal(ClientState.Uninitialized, bob.State);
        never.SetResult();
    });

    [Fact]
    public void A_lost_connection_signs_out_where_nobody_wants_it_back_and_ends_every_conversation_with_its_reason() => _lab.Run(async () =>
    {
        var alice = await _lab.SignInAsync("alice", change: options => options with { Reconnect = null });
        var conversation = await alice.ConversationManager.JoinConferenceAsync(ScriptedServer.FocusUri);
        var client = new Recorder<ClientStateChange>();
        var talk = new Recorder<ConversationStateChange>();
        var audio = new Recorder<ModalityStateChange>();
        var session = new Recorder<ConferenceSessionStateChange>();
        using var a = alice.StateChanges.Subscribe(client);
        using var b = conversation.StateChanges.Subscribe(talk);
        using var c = conversation.AVModality.StateChanges.Subscribe(audio);
        using var d = conversation.ConferenceSession!.StateChanges.Subscribe(session);

        _lab.Network.CutHost("alice");
        await _lab.DelayAsync(1);

        Assert.Equal(["SignedIn → SignedOut (ConnectionLost)"], client.Log);
        Assert.Equal(["Connected → Disconnected (ConnectionLost)", "completed"], audio.Log);
        Assert.Equal(["Connected → Disconnecting (ConnectionLost)", "Disconnecting → Disconnected (Disconnected)", "completed"], session.Log);
        Assert.Equal(["Active → Inactive (ModalitiesDisconnected)", "Inactive → Terminated (ConnectionLost)", "completed"], talk.Log);
        Assert.Empty(alice.ConversationManager.Conversations);
        Assert.Equal(503, Assert.IsType<RegisterException>(client.Items[0].Cause).StatusCode);
    });
}
