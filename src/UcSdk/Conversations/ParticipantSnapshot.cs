namespace UcSdk;

/// <summary>A participant at one moment.</summary>
/// <param name="Uri">The participant's address, <c>sip:user@domain</c>.</param>
/// <param name="DisplayName">The name to show; empty when the server gave none.</param>
/// <param name="IsPresenter">Whether the participant may run the conference.</param>
/// <param name="Modalities">In which ways the participant takes part.</param>
public sealed record ParticipantSnapshot(string Uri, string DisplayName, bool IsPresenter, ParticipantModalities Modalities)
{
    /// <summary>For whom the participant speaks, as the invitation said by which this conversation began; null when for themselves.</summary>
    public string? RepresentedBy { get; init; }

    /// <summary>Who had the participant call, as that invitation said (Referred-By, RFC 3892); null when nobody.</summary>
    public string? ReferredBy { get; init; }

    /// <summary>The role and the state of the audio; never who it is.</summary>
    public override string ToString() => $"{(IsPresenter ? "presenter" : "attendee")}, audio {Modalities.AudioVideo}";
}
