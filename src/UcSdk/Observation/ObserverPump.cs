using UcSdk.Core;

namespace UcSdk;

/// <summary>How the observers of one client are served: where deliveries run, how many may wait, and who hears of an observer that throws.</summary>
internal sealed class ObserverPump(ILoopScheduler scheduler, int capacity, Action<string, Exception> onThrow)
{
    private int _subscriptions;

    public int Capacity => capacity;

    public SerialLoop CreateLoop() => new(scheduler);

    public string NameOf(string source, Type observer) => $"{source} observer {Interlocked.Increment(ref _subscriptions)} ({observer.Name})";

    public void ReportThrow(string name, Exception fault) => onThrow(name, fault);
}
