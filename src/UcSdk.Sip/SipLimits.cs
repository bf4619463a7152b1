using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>What a SIP endpoint accepts from the network. One past a limit, a message is refused and, on a stream, the connection closed.</summary>
public sealed record SipLimits
{
    /// <summary>The defaults, generous for real peers.</summary>
    public static SipLimits Default { get; } = new();

    /// <summary>Start line and headers together, in bytes; default 64 KiB.</summary>
    public int MaxHeaderBytes { get; init; } = 64 * 1024;

    /// <summary>Header fields in one message; default 256.</summary>
    public int MaxHeaders { get; init; } = 256;

    /// <summary>The body, in bytes; default 1 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Connections that a listener holds at once; default 10,000. Further ones are closed on arrival.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Bytes waiting to be sent on one connection before it is given up as a slow reader; default 4 MiB.</summary>
    public int MaxUnsentBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>No bounds, for bytes that are bounded already.</summary>
    internal static SipLimits Unlimited { get; } = new() { MaxHeaderBytes = int.MaxValue, MaxHeaders = int.MaxValue, MaxBodyBytes = int.MaxValue };

    internal Limit HeaderBytes => new(nameof(MaxHeaderBytes), MaxHeaderBytes);

    internal Limit Headers => new(nameof(MaxHeaders), MaxHeaders);

    internal Limit BodyBytes => new(nameof(MaxBodyBytes), MaxBodyBytes);
}
