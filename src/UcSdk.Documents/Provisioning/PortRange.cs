namespace UcSdk.Documents;

/// <summary>A range of ports, both ends inclusive.</summary>
/// <param name="Minimum">The first port, 1 to 65535.</param>
/// <param name="Maximum">The last port, not below the first.</param>
public readonly record struct PortRange(ushort Minimum, ushort Maximum)
{
    /// <summary>The range as both numbers with a dash.</summary>
    public override string ToString() => $"{Minimum}-{Maximum}";
}
