namespace UcSdk.Core;

/// <summary>The production scheduler: turns come from the thread pool, time from the given provider.</summary>
internal sealed class ThreadPoolScheduler(TimeProvider time) : ILoopScheduler
{
    public TimeProvider Time { get; } = time;

    public TimeSpan TimerGrain => TimeSpan.FromMilliseconds(1);

#pragma warning disable RS0030 // The one place that may use the thread pool (docs/decisions/0002).
    public void Schedule(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);

    // A broken assumption of ours must not pass unseen: it is rethrown where the process can see it, as an unhandled exception would be.
    public void ReportFault(Exception fault) =>
        ThreadPool.UnsafeQueueUserWorkItem(static caught => throw new LoopFaultException(caught), fault, preferLocal: false);
#pragma warning restore RS0030
}
