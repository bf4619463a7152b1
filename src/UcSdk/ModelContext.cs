using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk;

/// <summary>What every object of one client stands on.</summary>
internal sealed class ModelContext(SerialLoop loop, RandomSource random, LyncClientOptions options, ClientSeams seams, ILogger logger)
{
    public SerialLoop Loop => loop;

    public RandomSource Random => random;

    public LyncClientOptions Options => options;

    public ClientSeams Seams => seams;

    public ILogger Logger => logger;

    public ObserverPump Observers { get; } =
        new(loop.Scheduler, options.ObserverCapacity, (observer, fault) => Log.ObserverThrew(logger, observer, fault));

    public OwnedWork Work { get; } = new(loop);

    public DateTimeOffset WallClock => loop.Time.GetUtcNow();
}
