using UcSdk.Core;

namespace UcSdk;

/// <summary>Asynchronous work that outlives the call that started it. It is awaited at disposal, and its faults are seen. On the loop only.</summary>
internal sealed class OwnedWork(SerialLoop loop)
{
    private readonly List<Task> _running = [];

    public int Count => _running.Count(task => !task.IsCompleted);

    public void Start(Func<Task> work)
    {
        Own(RunAsync(work));
    }

    /// <summary>Takes over work that has begun and reports its own faults.</summary>
    public void Own(Task work)
    {
        _running.RemoveAll(static task => task.IsCompleted);
        if (!work.IsCompleted)
        {
            _running.Add(work);
        }
    }

    /// <summary>Waits until nothing runs, also of what is started meanwhile.</summary>
    public async Task WhenIdleAsync()
    {
        while (Count > 0)
        {
            await Task.WhenAll(_running);
            _running.RemoveAll(task => task.IsCompleted);
        }
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            loop.OnFault(fault);
        }
    }
}
