using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>A handshake that waits for the client's next step.</summary>
internal sealed class ServerHandshake(AssociationOffer offer, string opaque, SipFlow flow, ISecurityContext context) : IDisposable
{
    public AssociationOffer Offer => offer;

    /// <summary>The name by which the client goes on with it, and later that of the association.</summary>
    public string Opaque => opaque;

    public SipFlow Flow => flow;

    public ISecurityContext Context => context;

    /// <summary>Steps that the client has made.</summary>
    public int Rounds { get; set; }

    /// <summary>When it is forgotten.</summary>
    public Timestamp Due { get; set; }

    /// <summary>Its place among all that wait, the oldest first.</summary>
    public LinkedListNode<ServerHandshake>? Place { get; set; }

    public void Dispose() => context.Dispose();
}
