namespace UcSdk.Shared;

/// <summary>What a step allocates on this thread once everything that it needs is there.</summary>
internal static class Allocated
{
    /// <summary>
    /// The least of several times. Once in a while the runtime itself allocates on the thread (its cache of casts grows), and a collection, which any other test may cause, empties the
    /// shared pools: neither belongs to the step.
    /// </summary>
    public static long Least(Action step)
    {
        step();
        var least = long.MaxValue;
        for (var time = 0; time < 10; time++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            step();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
