using System.Diagnostics;

namespace UcSdk.Load;

/// <summary>What the whole process has spent since <see cref="Begin"/>: processor time of all threads, bytes allocated, time on the wall.</summary>
internal readonly record struct Cost(TimeSpan Processor, long Allocated, TimeSpan Elapsed)
{
    public static Cost Begin() => new(Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetElapsedTime(0));

    public Cost Since() => Begin() is var now
        ? new(now.Processor - Processor, now.Allocated - Allocated, now.Elapsed - Elapsed)
        : default;

    /// <summary>µs of processor time for each of so many.</summary>
    public double MicrosecondsPer(int count) => Processor.TotalMicroseconds / count;

    /// <summary>Bytes allocated for each of so many.</summary>
    public double BytesPer(int count) => Allocated / (double)count;
}
