namespace UcSdk;

/// <summary>A participant at one moment.</summary>
/// <param name="Uri">The participant's address, <c>sip:user@domain</c>.</param>
/// <param name="DisplayName">The name to show; empty when the server gave none.</param>
/// <param name="IsPresenter">Whether the participant may run the conference.</param>
/// <param name="Modalities">In which ways the participant takes part.</param>
public sealed record ParticipantSnapshot(string Uri, string DisplayName, bool IsPresenter, ParticipantModalities Modalities)
{
    /// <summary>The role and the state of the audio; never who it is.</summary>
    public override string ToString() => $"{(IsPresenter ? "presenter" : "attendee")}, audio {Modalities.AudioVideo}";
}
