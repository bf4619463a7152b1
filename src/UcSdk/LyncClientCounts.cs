using UcSdk.Sip;

namespace UcSdk;

/// <summary>What a client holds at one moment; everything is 0 when it is signed out.</summary>
internal sealed record LyncClientCounts(int Conversations, int OpenDialogs, int Invitations, int Work, SipEndpointCounts? Sip)
{
    /// <summary>True when the object model holds nothing.</summary>
    public bool IsEmpty => Conversations + OpenDialogs + Invitations + Work == 0;
}
