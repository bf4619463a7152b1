using System.Globalization;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// Five hundred clients over an hour of faults. <c>UCSDK_SIM_SIGNINS</c> says how many hours (default 2), <c>UCSDK_SIM_FIRST</c> at which seed they begin (default 1).
/// </summary>
[Collection(nameof(Alone))]
public sealed class SignInSeedsTests(ITestOutputHelper output)
{
    private const int Clients = 500;

    [Fact]
    public void After_every_hour_all_are_signed_in_none_twice_and_nothing_is_left()
    {
        var count = Read("UCSDK_SIM_SIGNINS", 2);
        var first = Read("UCSDK_SIM_FIRST", 1);
        var failures = new List<string>();
        for (var seed = first; seed < first + count; seed++)
        {
            var world = new SignInWorld(seed, Clients);
            try
            {
                SignInHour.Run(world);
            }
            catch (Exception failure)
            {
                failures.Add($"seed {seed}: {failure.GetType().Name}: {failure.Message}");
            }

            output.WriteLine($"seed {seed}:\n{world.Tally}");
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {count} seeds failed. {string.Join("\n", failures)}");
    }

    [Fact]
    public void The_same_seed_is_the_same_hour()
    {
        var hours = Enumerable.Range(0, 2).Select(_ =>
        {
            var world = new SignInWorld(7, 20);
            SignInHour.Run(world);
            return (world.Tally.ToString(), world.Random.NextUInt64(), world.Scheduler.Clock.Now);
        }).ToArray();
        Assert.Equal(hours[0], hours[1]);
    }

    [Fact]
    public void Clients_that_do_not_come_back_are_missed() => Catches("are not signed in", new SignInWorld(1, 30, neverReturns: true));

    [Fact]
    public void Clients_that_come_back_as_somebody_else_are_found_twice() => Catches("somebody is signed in twice", new SignInWorld(1, 30, new ClientSeams { NewEndpointEachTime = true }));

    [Fact]
    public void Clients_that_keep_their_connections_are_found_to_hold_too_much() => Catches("holds", new SignInWorld(1, 30, new ClientSeams { KeepsConnections = true }));

    private static void Catches(string what, SignInWorld world) => Assert.Contains(what, Assert.Throws<DisagreementException>(() => SignInHour.Run(world)).Message, StringComparison.Ordinal);

    private static ulong Read(string name, ulong whenUnset) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : whenUnset;
}
