using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What a client makes of every answer to its REGISTER.</summary>
public sealed class RegisterStatusTests
{
    private readonly SignInLab _lab = new();

    [Fact]
    public void Every_stage_is_told_as_it_begins() => _lab.Run(async () =>
    {
        await _lab.SignInAsync();

        Assert.Equal(["1 Connect tcp://server:5060", "1 Register tcp://server:5060", "1 Provision tcp://server:5060", "1 Done tcp://server:5060"], _lab.Stages.Log);
        Assert.Empty(_lab.Delays.Items);
        await _lab.Alice.DisposeAsync();
        await _lab.DelayAsync(1);
        Assert.Equal((true, true), (_lab.Stages.IsCompleted, _lab.Delays.IsCompleted));
    });

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(407)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(420)]
    [InlineData(489)]
    [InlineData(501)]
    [InlineData(505)]
    [InlineData(603)]
    public void A_refusal_that_holds_is_not_tried_again(int status) => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, status, times: 9);

        var failure = await _lab.FailAsync();

        Assert.Equal((SignInStage.Register, status, SignInLab.Tcp("server")), (failure.Stage, failure.StatusCode, failure.Server));
        Assert.Equal(1, _lab.CountRegisters(_lab.Server));
        Assert.Equal(["SignedOut → SigningIn (SignInRequested)", "SigningIn → SignedOut (SignInFailed)"], _lab.States.Log);
        Assert.Single(failure.Failures);
    });

    [Fact]
    public void The_words_of_a_refusal_reach_the_user() => _lab.Run(async () =>
    {
        SignInLab.Refuse(
            _lab.Server,
            403,
            "Warning: 310 lcs.microsoft.com \"You are currently not using the recommended version of the client\"\r\nms-diagnostics: 4140;reason=\"Too old\"\r\n");

        var failure = await _lab.FailAsync();

        Assert.Equal("You are currently not using the recommended version of the client", failure.Warning);
        Assert.Equal(4140, failure.Diagnostics!.ErrorId);
        Assert.Equal(
            "The sign-in failed at the stage Register: 403 Forbidden (4140;reason=\"Too old\"): You are currently not using the recommended version of the client",
            failure.Message);
        Assert.Equal("1 Register tcp://server:5060: " + failure.Reason, failure.Failures[0].ToString());
    });

    [Fact]
    public void A_refusal_for_want_of_credentials_names_the_schemes_that_would_do() => _lab.Run(async () =>
    {
        SignInLab.Refuse(
            _lab.Server,
            401,
            "WWW-Authenticate: NTLM realm=\"SIP Communications Service\", targetname=\"fe.contoso.com\", version=4\r\n"
            + "WWW-Authenticate: Kerberos realm=\"SIP Communications Service\", targetname=\"sip/fe.contoso.com\", version=4\r\n");

        Assert.Equal(["NTLM", "Kerberos"], (await _lab.FailAsync()).OfferedSchemes);
    });

    [Fact]
    public void A_home_server_that_is_out_of_reach_names_itself() => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, 480, "ms-diagnostics: 4140;reason=\"Home server is unavailable\";source=\"dir.contoso.com\"\r\n", times: 9);

        var failure = await _lab.FailAsync();

        Assert.Equal((480, 4140), (failure.StatusCode, failure.Diagnostics!.ErrorId));
        Assert.All(_lab.Delays.Items, delay => Assert.Equal(480, delay.StatusCode));
        Assert.Contains("Home server is unavailable", failure.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData(408)]
    [InlineData(480)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void What_may_pass_is_tried_three_times_with_growing_pauses(int status) => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, status, times: 9);

        var failure = await _lab.FailAsync();

        Assert.Equal((SignInStage.Register, status), (failure.Stage, failure.StatusCode));
        Assert.Equal([1, 2, 3], failure.Failures.Select(one => one.Attempt));
        Assert.Equal(3, _lab.CountRegisters(_lab.Server));
        Assert.Equal([status, status], _lab.Delays.Items.Select(delay => delay.StatusCode));
        Assert.InRange(_lab.Delays.Items[0].EstimatedStartDelay, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        Assert.InRange(_lab.Delays.Items[1].EstimatedStartDelay, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8));
        Assert.Equal(
            [
                "SignedOut → SigningIn (SignInRequested)", "SigningIn → SigningIn (SignInDelayed)", "SigningIn → SigningIn (SignInDelayed)",
                "SigningIn → SignedOut (SignInFailed)",
            ],
            _lab.States.Log);
    });

    [Fact]
    public void The_next_attempt_begins_at_the_very_tick_that_was_announced() => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, 503);

        await _lab.SignInAsync();

        Assert.Equal(
            [SignInStage.Connect, SignInStage.Register, SignInStage.Wait, SignInStage.Connect, SignInStage.Register, SignInStage.Provision, SignInStage.Done],
            _lab.StageNames);
        Assert.Equal(_lab.Stages.Items[2].NextAttempt, _lab.Stages.Items[3].When);
        Assert.Equal((2, 503), (_lab.Stages.Items[3].Attempt, _lab.Stages.Items[2].StatusCode));
        Assert.Equal(ClientState.SignedIn, _lab.Alice.State);
    });

    [Fact]
    public void A_server_that_says_when_to_come_back_is_believed() => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, 503, "Retry-After: 100\r\n");

        await _lab.SignInAsync();

        Assert.Equal(TimeSpan.FromSeconds(100), _lab.Delays.Items.Single().EstimatedStartDelay);
    });

    [Fact]
    public void Who_signs_in_does_not_wait_longer_than_the_longest_wait_and_hears_what_the_server_wants() => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, 503, "Retry-After: 121\r\n");

        var failure = await _lab.FailAsync();

        Assert.Equal(TimeSpan.FromSeconds(121), failure.RetryAfter);
        Assert.Empty(_lab.Delays.Items);
    });

    [Fact]
    public void A_registration_that_is_too_short_is_made_longer_at_once() => _lab.Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, 423, "Min-Expires: 900\r\n");

        await _lab.SignInAsync();

        Assert.Equal("900", _lab.Server.Last("REGISTER").Headers[HeaderName.Expires]);
        Assert.Empty(_lab.Delays.Items);
    });

    [Fact]
    public void A_server_that_says_nothing_is_tried_again_as_one_that_says_408() => _lab.Run(async () =>
    {
        var accepted = _lab.Server.Answers["REGISTER"];
        var silent = 1;
        _lab.Server.Answers["REGISTER"] = request => silent-- > 0 ? Task.FromResult<SipResponse?>(null) : accepted(request);

        await _lab.SignInAsync();

        Assert.Equal(408, _lab.Delays.Items.Single().StatusCode);
    });

    [Fact]
    public void Where_nobody_listens_the_backups_are_tried_in_their_order() => _lab.Run(
        async () =>
        {
            var second = await _lab.AddServerAsync("second");
            var third = await _lab.AddServerAsync("third");
            SignInLab.Refuse(second, 503);

            await _lab.SignInAsync();

            Assert.Equal((1, 1), (_lab.CountRegisters(second), _lab.CountRegisters(third)));
            Assert.Equal(
                ["1 Connect tcp://nowhere:5060", "1 Connect tcp://second:5060", "1 Register tcp://second:5060", "1 Connect tcp://third:5060", "1 Register tcp://third:5060"],
                _lab.Stages.Log.Take(5));
            Assert.Empty(_lab.Delays.Items);
        },
        options => options with { Server = SignInLab.Tcp("nowhere"), BackupServers = [SignInLab.Tcp("second"), SignInLab.Tcp("third")] });

    [Fact]
    public void A_backup_is_not_asked_about_a_user_whom_the_server_does_not_know() => _lab.Run(
        async () =>
        {
            var second = await _lab.AddServerAsync("second");
            SignInLab.Refuse(_lab.Server, 404);

            Assert.Equal(404, (await _lab.FailAsync()).StatusCode);
            Assert.Equal(0, _lab.CountRegisters(second));
        },
        options => options with { BackupServers = [SignInLab.Tcp("second")] });
}
