namespace UcSdk.Sip;

/// <summary>What a <see cref="MemoryNetwork"/> did with something sent.</summary>
public enum MemoryFate
{
    /// <summary>It is on its way.</summary>
    Carried,

    /// <summary>It is on its way twice.</summary>
    Duplicated,

    /// <summary>It has vanished.</summary>
    Lost,
}
