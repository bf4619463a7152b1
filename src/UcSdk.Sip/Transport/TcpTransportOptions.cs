namespace UcSdk.Sip;

/// <summary>How a <see cref="TcpTransport"/> listens, connects and gives up.</summary>
public sealed record TcpTransportOptions : StreamTransportOptions
{
    /// <summary>The defaults: no listener, the default limits.</summary>
    public static TcpTransportOptions Default { get; } = new();
}
