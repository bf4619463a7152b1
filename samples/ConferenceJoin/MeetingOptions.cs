namespace ConferenceJoin;

/// <summary>What the command line asked for.</summary>
internal sealed record MeetingOptions
{
    /// <summary>True for real TCP and UDP sockets on loopback, false for networks in memory.</summary>
    public bool UseSockets { get; init; } = true;

    /// <summary>Where the recordings go.</summary>
    public required string RecordDirectory { get; init; }

    /// <summary>What alice says.</summary>
    public required string SpeechFile { get; init; }

    /// <summary>How many take part, 2–50: alice, bob, carol, and further ones who listen.</summary>
    public int Participants { get; init; } = 3;

    /// <summary>Show every SIP message.</summary>
    public bool Verbose { get; init; }

    /// <summary>Print one JSON summary and nothing else.</summary>
    public bool Json { get; init; }
}
