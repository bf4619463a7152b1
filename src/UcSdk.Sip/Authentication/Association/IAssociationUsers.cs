namespace UcSdk.Sip;

/// <summary>Knows for which addresses those may speak who have proven to somebody's keys who they are.</summary>
internal interface IAssociationUsers
{
    /// <summary>True when the address is one of that user's.</summary>
    /// <param name="scheme">By which scheme the user has proven it.</param>
    /// <param name="peer">The user as the scheme names users (<see cref="ISecurityContext.Peer"/>).</param>
    /// <param name="address">From of a request, or To of a REGISTER, with whatever parameters.</param>
    bool Owns(string scheme, string peer, SipUri address);
}
