namespace UcSdk;

/// <summary>Something about a conference failed: making it, joining it, or a command in it.</summary>
public sealed class ConferenceFailureException : LyncClientException
{
    internal ConferenceFailureException(ConferenceStage stage, Exception? inner)
        : base($"The conference failed at the stage {stage}{Why(inner)}", inner) => Stage = stage;

    internal ConferenceFailureException(ConferenceStage stage, string reason)
        : base($"The conference failed at the stage {stage}: {reason}", null)
    {
        Stage = stage;
        ReasonPhrase = reason;
    }

    /// <summary>Where it failed. What had been set up before has been taken down.</summary>
    public ConferenceStage Stage { get; }
}
