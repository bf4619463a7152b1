namespace UcSdk;

/// <summary>Messages that the history has not kept, or may not have kept.</summary>
public sealed class HistoryFailure
{
    internal HistoryFailure(IReadOnlyList<HistoryMessage> messages, Exception cause)
    {
        Messages = messages;
        Cause = cause;
    }

    /// <summary>The messages, in order: append them yourself once the cause is gone.</summary>
    public IReadOnlyList<HistoryMessage> Messages { get; }

    /// <summary>Why.</summary>
    public Exception Cause { get; }

    /// <summary>How many and why; never what they say.</summary>
    public override string ToString() => $"{Messages.Count} messages were not kept: {Cause.Message}";
}
