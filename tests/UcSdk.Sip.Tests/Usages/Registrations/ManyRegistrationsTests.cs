using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>
/// Tens of thousands of bindings in one endpoint: what each keeps, and that each is refreshed when it is due. It weighs the memory of the process, so
/// nothing else may run beside it.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ManyRegistrationsTests
{
    private const int Bindings = 50_000;
    private const int MostBytesPerBinding = 3072;

    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    // Two minutes before the end: RFC 3261 leaves the moment to us.
    private static readonly TimeSpan RefreshAfter = Life - TimeSpan.FromMinutes(2);

    private readonly SimulationScheduler _simulation = new();
    private readonly DirectWire _wire = new(reliable: true);
    private readonly (int Count, Timestamp Last)[] _seen = new (int, Timestamp)[Bindings];

    [Fact]
    public void Fifty_thousand_bindings_keep_three_kilobytes_each_and_are_refreshed_on_time_and_not_together()
    {
        var near = Start(_wire.Near);
        Start(_wire.Far).RequestReceived = Grant;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var registrations = new Registration[Bindings];
        for (var index = 0; index < Bindings; index++)
        {
            var aor = SipUri.Create($"user{index}", "far.test");
            near.Loop.Post(() => Register(near, aor, registrations, index));
            _simulation.RunUntilIdle();
        }

        Assert.All(registrations, registration => Assert.Equal(RegistrationState.Registered, registration.State));
        AssertKept(before, "registered");

        var registered = _simulation.Clock.Now;
        var earliest = RefreshAfter * (1 - SipTimings.Default.RefreshJitter);
        _simulation.Advance(earliest - TimeSpan.FromTicks(1));
        Assert.DoesNotContain(_seen, binding => binding.Count != 1);
        _simulation.Advance(RefreshAfter - earliest + TimeSpan.FromTicks(1));
        Assert.DoesNotContain(_seen, binding => binding.Count != 2);
        // All came in one moment; 144 go in each second of the tenth, give or take what chance does.
        Assert.All(_seen.GroupBy(binding => (long)(binding.Last - registered).TotalSeconds), second => Assert.InRange(second.Count(), 1, 250));
        Assert.All(registrations, registration => Assert.Equal(RegistrationState.Registered, registration.State));
        AssertKept(before, "refreshed");
        GC.KeepAlive(registrations);
    }

    private static void AssertKept(long before, string when)
    {
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Bindings;
        Assert.True(each <= MostBytesPerBinding, $"A {when} binding keeps {each} bytes.");
    }

    private void Register(SipEndpoint near, SipUri aor, Registration[] registrations, int index)
    {
        registrations[index] = near.Register(new RegistrationOptions { Aor = aor, Flow = _wire.Near.Flow, Contact = new NameAddr(SipUri.Create(aor.User, "near.test", 5060)) });
        _ = registrations[index].RegisterAsync();
    }

    private void Grant(IncomingRequest incoming)
    {
        ref var seen = ref _seen[int.Parse(incoming.Request.From!.Uri.User.AsSpan("user".Length), CultureInfo.InvariantCulture)];
        seen = (seen.Count + 1, _simulation.Clock.Now);
        incoming.Respond(StatusCode.Ok, edit: response =>
            response.Headers.Add(HeaderName.Contact, incoming.Request.Contact!.WithParameter("expires", "3600").ToString()));
    }

    private SipEndpoint Start(DirectEnd end)
    {
        var endpoint = new SipEndpoint(new(), new LoopRuntime(_simulation, new SeededRandomSource(3).Fork()), end.Loop = new SerialLoop(_simulation), [end]);
        _simulation.Run(() => endpoint.StartAsync());
        return endpoint;
    }
}
