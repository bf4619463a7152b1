namespace ConferenceJoin;

/// <summary>The outcome of the sample.</summary>
internal sealed record MeetingResult
{
    public StageFailedException? Failure { get; init; }

    public string Server { get; init; } = "";

    public string ConferenceUri { get; init; } = "";

    public IReadOnlyDictionary<MeetingStage, TimeSpan> Stages { get; init; } = new Dictionary<MeetingStage, TimeSpan>();

    public IReadOnlyList<ParticipantResult> Participants { get; init; } = [];

    public IReadOnlyList<AudioFigure> Audio { get; init; } = [];

    /// <summary>The SIP ladder of the three dialogs of bob's join.</summary>
    public string Ladder { get; init; } = "";

    public string RecordDirectory { get; init; } = "";
}
