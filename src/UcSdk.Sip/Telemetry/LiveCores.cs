using System.Runtime.CompilerServices;

namespace UcSdk.Sip;

/// <summary>
/// The cores of this process that have been started and not disposed, for what counts them all. It keeps none of them alive. Who asks is on a thread of
/// their own, so a count may be a moment old.
/// </summary>
internal static class LiveCores
{
    private static readonly ConditionalWeakTable<SipCore, object> Cores = [];

    public static void Add(SipCore core) => Cores.AddOrUpdate(core, Cores);

    public static void Remove(SipCore core) => Cores.Remove(core);

    public static bool Contains(SipCore core) => Cores.TryGetValue(core, out _);

    public static int Sum(Func<SipEndpointCounts, int> count) => Cores.Sum(core => count(core.Key.Counts));
}
