namespace UcSdk;

/// <summary>How somebody is invited to a conference.</summary>
public sealed record ConferenceInvitationOptions
{
    /// <summary>How long to wait for an answer before the invitation is taken back; default null, which takes the client's <see cref="LyncClientOptions.RingTimeout"/>.</summary>
    public TimeSpan? RingTimeout { get; init; }

    /// <summary>Whether the invitation names audio, which makes the other side ring; default yes.</summary>
    public bool Audio { get; init; } = true;

    /// <summary>The conversation in which the other side is to go on; null for the one that invites.</summary>
    internal string? ConversationId { get; init; }
}
