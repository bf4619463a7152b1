using UcSdk.Shared;

namespace UcSdk.Media.Tests;

/// <summary>Measures what a step allocates once everything it needs is there.</summary>
internal static class Allocations
{
    public static long Of(Action step)
    {
        for (var i = 0; i < 200; i++)
        {
            step();
        }

        return Allocated.Least(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                step();
            }
        });
    }
}
