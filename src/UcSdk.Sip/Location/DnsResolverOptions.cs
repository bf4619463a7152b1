using System.Net;

namespace UcSdk.Sip;

/// <summary>Whom a <see cref="DnsResolver"/> asks, and how long.</summary>
public sealed record DnsResolverOptions
{
    /// <summary>The servers, asked in order. Empty, the default: those of the system.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; init; } = [];

    /// <summary>How long one server may take for one try; default 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often all servers are asked before nobody answers; default 2.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>Answers that are kept for their time to live; default 1,000. The oldest gives way. Zero keeps none.</summary>
    public int MaxCached { get; init; } = 1000;

    /// <summary>The longest that any answer is kept; default 1 h.</summary>
    public TimeSpan MaxTimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a negative answer is kept whose zone does not say (RFC 2308); default 30 s.</summary>
    public TimeSpan NegativeTimeToLive { get; init; } = TimeSpan.FromSeconds(30);

#pragma warning disable RS0030 // An option's default may name the system clock.
    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030
}
