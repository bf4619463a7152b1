using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>A client whose sign-ins are written down: states, stages and delays.</summary>
internal sealed class SignInLab
{
    private readonly Lab _lab = new();

    public ScriptedServer Server => _lab.Server;

    public MemoryNetwork Network => _lab.Network;

    public LyncClient Alice { get; private set; } = null!;

    public Recorder<ClientStateChange> States { get; } = new();

    public Recorder<SignInProgress> Stages { get; } = new();

    public Recorder<SignInDelay> Delays { get; } = new();

    public DateTimeOffset Now => _lab.Simulation.Time.GetUtcNow();

    public IEnumerable<SignInStage> StageNames => Stages.Items.Select(stage => stage.Stage);

    public void Run(Func<Task> story, Func<LyncClientOptions, LyncClientOptions>? change = null) => _lab.Run(async () =>
    {
        Alice = _lab.CreateClient("alice", change: change);
        using var states = Alice.StateChanges.Subscribe(States);
        using var stages = Alice.SignInProgress.Subscribe(Stages);
        using var delays = Alice.SignInDelayed.Subscribe(Delays);
        await story();
        await Alice.DisposeAsync();
        await DelayAsync(1);
    });

    public Task SignInAsync() => Alice.SignInAsync("sip:alice@contoso.com");

    public async Task<RegisterException> FailAsync() => await Assert.ThrowsAsync<RegisterException>(SignInAsync);

    public Task<ScriptedServer> AddServerAsync(string host) => _lab.AddServerAsync(host);

    public Task DelayAsync(double seconds) => _lab.DelayAsync(seconds);

    /// <summary>Answers the next REGISTERs with that, and everyone after them as before.</summary>
    public static void Refuse(ScriptedServer server, int status, string headers = "\r\n", int times = 1)
    {
        var accepted = server.Answers["REGISTER"];
        server.Answers["REGISTER"] = request => times-- > 0 ? server.Reply(request, status, headers) : accepted(request);
    }

    public static SipTransportAddress Tcp(string host) => new("TCP", host, 5060);

    public static string To(params string[] contacts) => string.Concat(contacts.Select(contact => $"Contact: {contact}\r\n"));

    public int CountRegisters(ScriptedServer server) => server.Requests.Count(request => request.Name == "REGISTER");
}
