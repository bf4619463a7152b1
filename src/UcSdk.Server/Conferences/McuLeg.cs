using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>One participant's session with an MCU.</summary>
/// <param name="Number">Its number in its focus.</param>
/// <param name="Part">The MCU, one of <see cref="ConferenceEntityTypes"/>.</param>
/// <param name="Focus">The conference.</param>
/// <param name="Party">The registered endpoint it belongs to.</param>
/// <param name="Session">Its dialog.</param>
internal sealed record McuLeg(long Number, string Part, Focus Focus, EndpointId Party, InviteSession Session)
{
    /// <summary>Frees what the MCU has for the leg; called once, whoever ended it and however far it had come.</summary>
    public required Action Closed { get; init; }
}
