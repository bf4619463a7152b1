namespace UcSdk.Tests;

/// <summary>alice, signed in at a server that keeps her presence.</summary>
internal sealed class PresenceLab
{
    private readonly Lab _lab = new();

    public PresenceLab() => Script = new(_lab.Server);

    public RoamingSelfScript Script { get; }

    public ScriptedServer Server => _lab.Server;

    public LyncClient Alice { get; private set; } = null!;

    /// <summary>What else the client's options say.</summary>
    public Func<LyncClientOptions, LyncClientOptions> Change { get; set; } = options => options;

    public Lab Lab => _lab;

    public Self Self => Alice.Self!;

    /// <summary>Runs a story with alice signed in, and forgets what was published on the way.</summary>
    public void Run(Func<Task> story, PresenceOptions? options = null) => RunFromStart(
        async () =>
        {
            await SignInAsync();
            Script.Log.Clear();
            await story();
        },
        options);

    /// <summary>Runs a story that signs alice in by itself.</summary>
    public void RunFromStart(Func<Task> story, PresenceOptions? options = null) => _lab.Run(async () =>
    {
        Alice = _lab.CreateClient("alice", change: client => Change(client with { Epid = "01020304ab", Presence = options ?? PresenceOptions.Default }));
        await story();
    });

    public async Task SignInAsync()
    {
        await Alice.SignInAsync("sip:alice@contoso.com");
        await DelayAsync(0.2);
    }

    public Task DelayAsync(double seconds) => _lab.DelayAsync(seconds);

    public Task DelayAsync(TimeSpan time) => _lab.Simulation.DelayAsync(time);

    public void CutOff() => _lab.Network.CutHost("alice");
}
