namespace UcSdk.Core;

/// <summary>Blocking work of a simulation: done at once, where it is asked for, and in no virtual time.</summary>
internal sealed class InlineWork : IBlockingWork
{
    public static InlineWork Instance { get; } = new();

    public Task RunAsync(Action work)
    {
        work();
        return Task.CompletedTask;
    }
}
