using UcSdk.Core;

namespace UcSdk;

/// <summary>Brings the news of network changes to the client's loop: bursts as one, when they have settled. On the loop only, but for the news.</summary>
internal sealed class NetworkWatch : IDisposable
{
    private readonly SerialLoop _loop;
    private readonly TimeSpan _settle;
    private readonly LoopTimer _timer;
    private readonly IDisposable _subscription;

    public NetworkWatch(SerialLoop loop, INetworkChanges changes, TimeSpan settle, Action settled)
    {
        _loop = loop;
        _settle = settle;
        _timer = new LoopTimer(loop, settled);
        _subscription = changes.Watch(() => loop.Post(OnChanged));
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _timer.Dispose();
    }

    private void OnChanged() => _timer.SetDeadline(_loop.Now + _settle);
}
