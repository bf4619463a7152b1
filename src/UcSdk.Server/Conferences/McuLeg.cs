using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>One participant's session with the A/V MCU.</summary>
/// <param name="Number">Its number in its focus.</param>
/// <param name="Focus">The conference.</param>
/// <param name="Party">The registered endpoint it belongs to.</param>
/// <param name="Session">Its dialog.</param>
/// <param name="Media">Its audio.</param>
internal sealed record McuLeg(long Number, Focus Focus, EndpointId Party, InviteSession Session, MediaSession Media);
