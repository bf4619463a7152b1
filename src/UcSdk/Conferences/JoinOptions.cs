namespace UcSdk;

/// <summary>How a conference is joined.</summary>
public sealed record JoinOptions
{
    /// <summary>Whether audio is connected too; default yes. Without it the join ends with the roster.</summary>
    public bool Audio { get; init; } = true;
}
