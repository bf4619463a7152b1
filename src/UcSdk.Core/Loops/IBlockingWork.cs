namespace UcSdk.Core;

/// <summary>
/// Where code runs that keeps its thread while it waits for others, because a platform offers it in no other form (GSS-API asking a KDC). It must
/// run neither on a loop nor on the thread pool, from which all loops get their turns.
/// </summary>
internal interface IBlockingWork
{
    /// <summary>Runs the work; the task ends as the work ends, with its exception. It cannot be stopped on the way.</summary>
    Task RunAsync(Action work);
}
