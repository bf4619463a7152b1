namespace UcSdk.Interop.Tests;

/// <summary>SIPE finds the Lab by itself: no server, no transport and no scheme in its settings.</summary>
public sealed class PurpleDiscoveryTests(PurpleProgram program)
{
    [Theory]
    [InlineData("tls://127.0.0.1:5061", "_sipinternaltls._tcp IN SRV 0 0 5061 sip")]
    [InlineData("tcp://127.0.0.1:5060", "_sipinternal._tcp IN SRV 0 0 5060 sip")]
    [InlineData("tls://127.0.0.1:443", "_sip._tls IN SRV 0 0 443 sip")]
    [InlineData("tls://127.0.0.1:443", "")] // no service, but a host of the name that clients try
    public async Task With_her_address_and_password_alone_she_is_signed_in(string listen, string records)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var world = await PurpleWorld.CreateAsync(records, limit.Token);
        await using var alice = await PurpleSipe.StartAsync(program, world, $"--listen {listen} --user alice:wonderland", "alice", "wonderland", limit.Token);

        await alice.ConnectAsync(limit.Token);
        await alice.WaitForSignInAsync(limit.Token);
        await alice.Host.WaitForLogAsync("<focusFactoryUri>", 1, limit.Token);
        await alice.SignOutAsync(limit.Token);

        Assert.Equal(["401", "401", "200"], alice.Log.RegisterStatuses.Take(3));
        alice.Log.RequireEverySignatureValidated(atLeast: 2);
    }
}
