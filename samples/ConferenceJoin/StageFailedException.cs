namespace ConferenceJoin;

/// <summary>A stage of the sample did not hold.</summary>
internal sealed class StageFailedException(MeetingStage stage, string reason, Exception? cause = null)
    : Exception($"Stage {(int)stage} ({stage}) failed: {reason}", cause)
{
    public MeetingStage Stage { get; } = stage;
}
