using System.Globalization;
using UcSdk.Sip;

namespace UcSdk.Load;

/// <summary>
/// What it costs both ends to register with Digest (REGISTER, 401, REGISTER, 200), and what a binding keeps of both when it is idle: at the client
/// the registration, its credentials and its refresh timer, at the registrar an entry of a table.
/// </summary>
internal static class RegistrationCosts
{
    private const int Window = 32;
    private static readonly int[] Sizes = [100, 1000, 10_000, 50_000];

    public static async Task PrintAsync(TextWriter output)
    {
        await output.WriteLineAsync("| registrations with digest, both ends (TCP) | processor | allocated | kept while idle |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        foreach (var size in Sizes)
        {
            var (cost, kept) = await MeasureAsync(size);
            await output.WriteLineAsync($"| {size} | {cost.MicrosecondsPer(size):F0} µs | {cost.BytesPer(size):N0} B | {kept / size:N0} B |");
        }
    }

    private static async Task<(Cost Cost, long Kept)> MeasureAsync(int count)
    {
        using var password = new SipPassword("secret");
        await using var pair = await EndpointPair.OpenAsync(Carrier.Tcp, new() { Credentials = [new SipCredentials("load", password)] });
        using var registrar = new Registrar(pair.Far);
        for (var round = 0; round < 4; round++)
        {
            await RegisterAsync(pair, "warm" + round.ToString(CultureInfo.InvariantCulture), 1000);
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }

        var idle = GC.GetTotalMemory(forceFullCollection: true);
        var begin = Cost.Begin();
        var registrations = await RegisterAsync(pair, "user", count);
        var cost = begin.Since();
        var kept = GC.GetTotalMemory(forceFullCollection: true) - idle;
        return registrations.TrueForAll(registration => registration.State == RegistrationState.Registered) && registrar.Bindings == count + 4000
            ? (cost, kept)
            : throw new InvalidOperationException($"{registrar.Bindings} of {count} were registered.");
    }

    private static async Task<List<Registration>> RegisterAsync(EndpointPair pair, string name, int count)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var registrations = new List<Registration>(count);
        var finished = 0;
        pair.Near.Loop.Post(() =>
        {
            for (var index = 0; index < Math.Min(Window, count); index++)
            {
                Start();
            }
        });
        await done.Task;
        return registrations;

        void Start()
        {
            var user = name + registrations.Count.ToString(CultureInfo.InvariantCulture);
            var registration = pair.Near.Register(new()
            {
                Aor = SipUri.Create(user, "load.test"),
                Flow = pair.Flow,
                Contact = new(SipUri.Create(user, pair.Flow.Local.Host, pair.Flow.Local.Port)),
                Expires = TimeSpan.FromHours(1),
            });
            registrations.Add(registration);
            registration.StateChanged += change =>
            {
                if (change.Current is RegistrationState.Registered or RegistrationState.Unregistered)
                {
                    if (++finished == count)
                    {
                        done.TrySetResult();
                    }
                    else if (registrations.Count < count)
                    {
                        Start();
                    }
                }
            };
            _ = registration.RegisterAsync();
        }
    }
}
