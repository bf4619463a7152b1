namespace UcSdk;

/// <summary>How a conference is joined.</summary>
public sealed record JoinOptions
{
    /// <summary>Whether audio is connected too; default yes. Without it the join ends with the roster.</summary>
    public bool Audio { get; init; } = true;

    /// <summary>Whether instant messages are connected too, at the conference's IM MCU; default no. They can be connected later, and the first message that is sent does it.</summary>
    public bool InstantMessages { get; init; }
}
