namespace UcSdk.Core;

/// <summary>What a client or a server stands on: its scheduler (with its clock) and its source of randomness.</summary>
internal sealed record LoopRuntime(ILoopScheduler Scheduler, RandomSource Random)
{
    public TimeProvider Time => Scheduler.Time;

    /// <summary>Where work runs that blocks its thread; default at once and inline, as a simulation wants it.</summary>
    public IBlockingWork BlockingWork { get; init; } = InlineWork.Instance;

    /// <summary>The production runtime on the given clock: thread pool, threads of their own for what blocks, and cryptographic randomness.</summary>
    public static LoopRuntime OnThreadPool(TimeProvider time) =>
        new(new ThreadPoolScheduler(time), SystemRandomSource.Instance) { BlockingWork = BlockingThreads.Shared };
}
