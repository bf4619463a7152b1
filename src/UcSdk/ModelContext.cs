using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk;

/// <summary>What every object of one client stands on.</summary>
internal sealed class ModelContext(SerialLoop loop, RandomSource random, LyncClientOptions options, ClientSeams seams, ILogger logger)
{
    private HistoryWriter? _history;

    public SerialLoop Loop => loop;

    public RandomSource Random => random;

    public LyncClientOptions Options => options;

    public ClientSeams Seams => seams;

    public ILogger Logger => logger;

    public ObserverPump Observers { get; } =
        new(loop.Scheduler, options.ObserverCapacity, (observer, fault) => Log.ObserverThrew(logger, observer, fault));

    public OwnedWork Work { get; } = new(loop);

    /// <summary>Keeps what is said; null where nobody wants it kept.</summary>
    public HistoryWriter? History => _history ??= options.History is { } history ? new HistoryWriter(history, Work, Observers) : null;

    public DateTimeOffset WallClock => loop.Time.GetUtcNow();
}
