namespace UcSdk.Server;

/// <summary>
/// How many wrong passwords a server takes, by NTLM and by Digest, before it says 403 to whatever comes, right passwords too, so that nobody learns which one was right. Who is
/// signed in stays so.
/// </summary>
public sealed record GuessingLimits
{
    /// <summary>
    /// Wrong passwords for one user name, from wherever they come; default 10. A name that nobody has is counted just the same. Whoever knows a name can keep its user from
    /// signing in: the price of a limit that several hosts cannot get around.
    /// </summary>
    public int FailuresPerUser { get; init; } = 10;

    /// <summary>Wrong passwords from one remote host, for whatever users; default 100. A proxy in front of many clients is one host.</summary>
    public int FailuresPerHost { get; init; } = 100;

    /// <summary>In which time so many count, from the first one; and for how long nothing is taken after the last of them. Default 5 minutes.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Names and hosts that are remembered; one more, and the oldest is forgotten. Default 10,000.</summary>
    public int MaxRemembered { get; init; } = 10_000;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FailuresPerUser, nameof(FailuresPerUser));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FailuresPerHost, nameof(FailuresPerHost));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Window, TimeSpan.Zero, nameof(Window));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxRemembered, nameof(MaxRemembered));
    }
}
