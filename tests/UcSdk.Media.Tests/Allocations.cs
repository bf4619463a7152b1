namespace UcSdk.Media.Tests;

/// <summary>Measures what a step allocates once everything it needs is there.</summary>
internal static class Allocations
{
    public static long Of(Action step)
    {
        for (var i = 0; i < 300; i++)
        {
            step();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            step();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
