namespace UcSdk.Simulation.Tests;

/// <summary>Of what the endpoint hears nothing that is deaf at the end of the day.</summary>
internal enum ClientDeafness
{
    /// <summary>It hears everything.</summary>
    None,

    /// <summary>A contact changes its state.</summary>
    Presence,

    /// <summary>Another endpoint of its user makes a group.</summary>
    List,
}
