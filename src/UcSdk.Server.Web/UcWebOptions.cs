namespace UcSdk.Server.Web;

/// <summary>How the web services of a server behave. Checked when they are made.</summary>
public sealed record UcWebOptions
{
    /// <summary>How long a web ticket is good; default 8 hours, 1 second to 24 hours.</summary>
    public TimeSpan TicketLifetime { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The longest body of a request, in bytes; a longer one gets 413. Default 64 KiB, at least 1 KiB.</summary>
    public int MaxBodyBytes { get; init; } = 64 * 1024;

    /// <summary>The most members of a group that is expanded; a bigger one is refused with the fault <c>TooManyMembers</c>. Default 1000, at least 1.</summary>
    public int MaxGroupMembers { get; init; } = 1000;

    /// <summary>Connections that are proven by NTLM, or about to be; one more, and the oldest must begin anew. Default 10,000, at least 1.</summary>
    public int MaxConnections { get; init; } = 10_000;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TicketLifetime, TimeSpan.FromSeconds(1), nameof(TicketLifetime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TicketLifetime, TimeSpan.FromHours(24), nameof(TicketLifetime));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBodyBytes, 1024, nameof(MaxBodyBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxGroupMembers, nameof(MaxGroupMembers));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxConnections, nameof(MaxConnections));
    }
}
