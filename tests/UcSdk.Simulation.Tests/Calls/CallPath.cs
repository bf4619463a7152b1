namespace UcSdk.Simulation.Tests;

/// <summary>What lies between the phones.</summary>
internal enum CallPath
{
    /// <summary>Nothing: each phone opens flows to the others.</summary>
    Direct,

    /// <summary>A proxy that asks one phone at a time.</summary>
    Proxy,

    /// <summary>A proxy that also rings all phones at once.</summary>
    Fork,
}
