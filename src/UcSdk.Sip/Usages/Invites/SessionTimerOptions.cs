namespace UcSdk.Sip;

/// <summary>How long a session may live without a sign of life (RFC 4028).</summary>
public sealed record SessionTimerOptions
{
    /// <summary>What is proposed as caller and granted at most as callee; default 30 min, at least <see cref="Minimum"/>.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The shortest interval that our side bears; default and least 90 s. A shorter proposal gets 422.</summary>
    public TimeSpan Minimum { get; init; } = TimeSpan.FromSeconds(90);
}
