using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk.Server;

/// <summary>
/// The operations that the server has begun and nobody else waits for: goodbyes, results sent after the answer. Each is observed here,
/// and disposal waits for all of them. Used on the loop.
/// </summary>
internal sealed class OwnedTasks(SerialLoop loop, ILogger logger, bool logUserData)
{
    private readonly HashSet<Task> _running = [];

    public int Count => _running.Count;

    /// <summary>Begins an operation. What the peer or the network did not do is logged; nothing waits for it.</summary>
    public void Run(string operation, Func<Task> work)
    {
        var task = ObserveAsync(operation, work);
        if (!task.IsCompleted)
        {
            _running.Add(task);
            _ = ForgetAsync(task);
        }
    }

    /// <summary>Waits until nothing is running any more.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        while (_running.Count > 0)
        {
            await Task.WhenAll(_running).WaitAsync(cancellationToken);
        }
    }

    private async Task ObserveAsync(string operation, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is Sip.SipException or IOException or OperationCanceledException)
        {
            var kind = failure is Sip.SipException sip ? sip.Failure.ToString() : failure.GetType().Name;
            Log.OperationFailed(logger, operation, kind, new(failure.Message, logUserData));
        }
        catch (Exception fault)
        {
            // The outermost line of the operation: what nobody has named is our own mistake, and the loop reports it.
            loop.OnFault(fault);
        }
    }

    private async Task ForgetAsync(Task task)
    {
        try
        {
            await task;
        }
        finally
        {
            _running.Remove(task);
        }
    }
}
