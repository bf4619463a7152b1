using Samples;

namespace ConferenceJoin;

/// <summary>What the command line asked for.</summary>
internal sealed record MeetingOptions
{
    /// <summary>What carries SIP and audio.</summary>
    public MeetingTransport Transport { get; init; }

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

    /// <summary>Where else SIP is shown.</summary>
    public Seeing? Seeing { get; init; }
}
