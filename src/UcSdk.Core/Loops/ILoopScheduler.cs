namespace UcSdk.Core;

/// <summary>
/// Where serial loops get their turns, their time and their timers: the thread pool in production, a single-threaded run queue in
/// simulation. Nothing else in UcSdk starts work or timers.
/// </summary>
internal interface ILoopScheduler
{
    /// <summary>The clock and the timers that belong to this scheduler.</summary>
    TimeProvider Time { get; }

    /// <summary>The smallest step in which those timers count.</summary>
    TimeSpan TimerGrain { get; }

    /// <summary>
    /// How the tasks that a loop hands out run what waits for them. In production: elsewhere, so that user code never runs inside a turn.
    /// The simulation has no elsewhere: with that option <c>Task.WhenAll</c> and its like would complete on the thread pool.
    /// </summary>
    TaskCreationOptions CompletionOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Runs the work item soon, once, on no particular thread.</summary>
    void Schedule(IThreadPoolWorkItem work);

    /// <summary>Takes an exception that left the outermost line of a loop: the simulation fails its run, production reports it.</summary>
    void ReportFault(Exception fault);
}
