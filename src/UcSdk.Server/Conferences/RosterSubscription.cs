namespace UcSdk.Server;

/// <summary>One subscription to the conference package. Each counts its notifications by itself (RFC 4575 §5.1).</summary>
internal sealed class RosterSubscription(EndpointId party)
{
    public EndpointId Party { get; } = party;

    public uint Version { get; private set; }

    public uint NextVersion() => ++Version;
}
