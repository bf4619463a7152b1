namespace UcSdk.Core;

/// <summary>What a client or a server stands on: its scheduler (with its clock) and its source of randomness.</summary>
internal sealed record LoopRuntime(ILoopScheduler Scheduler, RandomSource Random)
{
    public TimeProvider Time => Scheduler.Time;

    /// <summary>The production runtime on the given clock: thread pool and cryptographic randomness.</summary>
    public static LoopRuntime OnThreadPool(TimeProvider time) => new(new ThreadPoolScheduler(time), SystemRandomSource.Instance);
}
