using UcSdk.TestKit;

namespace UcSdk.Tests;

/// <summary>The computer changes its address under a client.</summary>
public sealed class NetworkChangeTests
{
    private readonly SignInLab _lab = new();
    private readonly ScriptedNetworkChanges _changes = new();

    [Fact]
    public void A_connection_from_an_address_that_is_gone_is_given_up_when_the_news_have_settled() => Run(async () =>
    {
        await _lab.SignInAsync();
        _changes.Gone.Add("alice");

        _changes.Tell();
        await _lab.DelayAsync(0.9);
        _changes.Tell();
        var told = _lab.Now;
        await _lab.Alice.WaitForStateAsync(ClientState.SigningIn);
        await _lab.DelayAsync(0);
        Assert.Equal(told + TimeSpan.FromSeconds(1), _lab.States.Items[2].When);
        _changes.Gone.Clear();
        await _lab.Alice.WaitForStateAsync(ClientState.SignedIn);
        await _lab.DelayAsync(0.1);

        Assert.Equal(
            ["SignedIn → SigningIn (NetworkChanged)", "SigningIn → SigningIn (SignInDelayed)", "SigningIn → SignedIn (SignedIn)"],
            _lab.States.Log[2..]);

        // Nothing is said on a connection that cannot carry it.
        Assert.Equal(["REGISTER", "REGISTER"], _lab.Server.Requests.Select(request => request.Name).Where(name => name == "REGISTER"));
        Assert.Equal(2, _lab.Network.OpenFlows);
    });

    [Fact]
    public void A_connection_whose_address_stays_is_left_alone() => Run(async () =>
    {
        await _lab.SignInAsync();

        _changes.Tell();
        await _lab.DelayAsync(60);

        Assert.Equal("SigningIn → SignedIn (SignedIn)", _lab.States.Log[^1]);
        Assert.Equal(1, _lab.CountRegisters(_lab.Server));
    });

    [Fact]
    public void A_new_network_ends_the_waiting() => Run(async () =>
    {
        SignInLab.Refuse(_lab.Server, 503, "Retry-After: 100\r\n");
        var signingIn = _lab.SignInAsync();
        await _lab.DelayAsync(10);

        _changes.Tell();
        await signingIn;

        Assert.Equal(TimeSpan.FromSeconds(11), _lab.Stages.Items[3].When - new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    });

    [Fact]
    public void Where_nobody_wants_it_back_the_client_signs_out() => _lab.Run(
        async () =>
        {
            await _lab.SignInAsync();
            _changes.Gone.Add("alice");

            _changes.Tell();
            await _lab.DelayAsync(2);

            Assert.Equal("SignedIn → SignedOut (ConnectionLost)", _lab.States.Log[^1]);
        },
        options => options with { NetworkChanges = _changes, Reconnect = null });

    [Fact]
    public void Nobody_listens_after_the_client_is_disposed() => Run(async () =>
    {
        await _lab.SignInAsync();
        Assert.Equal(1, _changes.Watchers);

        await _lab.Alice.DisposeAsync();

        Assert.Equal(0, _changes.Watchers);
    });

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("[::]", true)]
    [InlineData("alice-pc", true)]
    [InlineData("192.0.2.77", false)]
    [InlineData("[2001:db8::77]", false)]
    public void The_system_knows_its_own_addresses(string host, bool isOwn)
    {
        using var watch = SystemNetworkChanges.Instance.Watch(() => { });

        Assert.Equal(isOwn, SystemNetworkChanges.Instance.HasAddress(host));
    }

    private void Run(Func<Task> story) => _lab.Run(story, options => options with { NetworkChanges = _changes });
}
