using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>One user of the hour, at one host.</summary>
internal sealed class SignInClient
{
    private readonly SignInWorld _world;

    public SignInClient(SignInWorld world, int number, ClientSeams seams, ReconnectOptions? reconnect)
    {
        _world = world;
        Name = "u" + number.ToString(CultureInfo.InvariantCulture);
        Kind = (SignInKind)(number % 3);
        var transport = Kind == SignInKind.DatagramDigest ? "UDP" : "TCP";
        Client = new(
            new LyncClientOptions
            {
                Server = new SipTransportAddress(transport, SignInWorld.ServerHost, 5060),
                TransportFactory = () => world.Network.CreateTransport(Name, transport == "UDP" ? new SipTransportAddress("UDP", Name, 0) : null),
                Password = world.Password,
                AuthenticationSchemes = [Kind == SignInKind.StreamNtlm ? SipAuthenticationScheme.Ntlm : SipAuthenticationScheme.Digest],
                Reconnect = reconnect,
                TimeProvider = world.Scheduler.Time,
            },
            new LoopRuntime(world.Scheduler, world.Random.Fork()),
            seams);
    }

    public string Name { get; }

    public SignInKind Kind { get; }

    public LyncClient Client { get; }

    /// <summary>True while the user wants to be signed in.</summary>
    public bool WantsIn { get; private set; }

    /// <summary>Signs in, and tries again as a patient user does.</summary>
    public async Task SignInAsync()
    {
        WantsIn = true;
        while (true)
        {
            try
            {
                await Client.SignInAsync($"sip:{Name}@{SignInWorld.Domain}");
                _world.Tally.Count("sign in", "done");
                return;
            }
            catch (RegisterException failure)
            {
                _world.Tally.Count("sign in", $"{failure.Stage} {failure.StatusCode}");
                await _world.Scheduler.DelayAsync(TimeSpan.FromSeconds(30));
            }
        }
    }

    public async Task StayAwayAsync(TimeSpan time)
    {
        if (!WantsIn || Client.State != ClientState.SignedIn)
        {
            return;
        }

        WantsIn = false;
        await Client.SignOutAsync();
        _world.Tally.Count("sign out", "done");
        await _world.Scheduler.DelayAsync(time);
        await SignInAsync();
    }
}
