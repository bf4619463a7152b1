using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>One endpoint in the roster and what stands behind it: a focus dialog, or a leg of an MCU.</summary>
/// <param name="Id">The edge's number of the dialog or leg.</param>
/// <param name="Party">The registered endpoint it belongs to.</param>
/// <param name="Document">As subscribers see it.</param>
internal sealed record RosterEndpoint(long Id, EndpointId Party, ConferenceEndpoint Document)
{
    public bool IsFocus => Document.SessionType == ConferenceEntityTypes.Focus;
}
