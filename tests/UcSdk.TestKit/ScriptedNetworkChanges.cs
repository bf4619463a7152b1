namespace UcSdk.TestKit;

/// <summary>A network whose changes the test makes.</summary>
internal sealed class ScriptedNetworkChanges : INetworkChanges
{
    private readonly List<Action> _watchers = [];

    /// <summary>The hosts that are not ours any more.</summary>
    public HashSet<string> Gone { get; } = [];

    public int Watchers => _watchers.Count;

    public void Tell() => _watchers.ToList().ForEach(watcher => watcher());

    public IDisposable Watch(Action changed)
    {
        _watchers.Add(changed);
        return new Watching(() => _watchers.Remove(changed));
    }

    public bool HasAddress(string host) => !Gone.Contains(host);

    private sealed class Watching(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
