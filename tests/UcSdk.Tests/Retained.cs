namespace UcSdk.Tests;

/// <summary>
/// What the process holds more when something was made: the middle of several measures, since the test runner's own threads keep and let go of things meanwhile. For tests
/// that are <see cref="Alone"/>.
/// </summary>
internal static class Retained
{
    private const int Rounds = 5;

    /// <summary>The bytes that what <paramref name="make"/> gives keeps alive; it is called once a round and makes the same amount anew.</summary>
    public static async Task<long> ByAsync(Func<int, Task<object>> make)
    {
        var measures = new long[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            measures[round] = await MeasureAsync(make, round);
        }

        return measures.Order().ElementAt(Rounds / 2);
    }

    // On its own, so that what one round has made is let go before the next.
    private static async Task<long> MeasureAsync(Func<int, Task<object>> make, int round)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var made = await make(round);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(made);
        return held;
    }
}
