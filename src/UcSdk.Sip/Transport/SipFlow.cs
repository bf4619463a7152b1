using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// One connection, or one pair of addresses of a datagram transport, over which messages travel both ways (RFC 5626 §2). Two values are
/// equal when they are the same flow.
/// </summary>
public sealed class SipFlow
{
    private byte[]? _viaBeforeBranch;

    /// <summary>Made by transports when a connection is there.</summary>
    /// <param name="transport">As in Via: TCP, TLS, UDP.</param>
    /// <param name="local">Our side's address.</param>
    /// <param name="remote">The peer's address as we see it.</param>
    /// <param name="isReliable">True for streams: nothing is sent twice (RFC 3261 §17).</param>
    /// <param name="isOutgoing">True when our side opened it.</param>
    /// <param name="peerCertificate">What the peer has proved to hold; null where it showed none.</param>
    public SipFlow(
        string transport, SipTransportAddress local, SipTransportAddress remote, bool isReliable, bool isOutgoing, X509Certificate2? peerCertificate = null)
    {
        PeerCertificate = peerCertificate;
        Transport = transport;
        Local = local;
        Remote = remote;
        IsReliable = isReliable;
        IsOutgoing = isOutgoing;
    }

    /// <summary>As in Via: TCP, TLS, UDP.</summary>
    public string Transport { get; }

    /// <summary>Our side's address.</summary>
    public SipTransportAddress Local { get; }

    /// <summary>The peer's address as we see it.</summary>
    public SipTransportAddress Remote { get; }

    /// <summary>True for streams.</summary>
    public bool IsReliable { get; }

    /// <summary>True when our side opened it.</summary>
    public bool IsOutgoing { get; }

    /// <summary>The certificate that the peer has proved to hold and that was found good; null where it showed none.</summary>
    public X509Certificate2? PeerCertificate { get; }

    /// <summary>Our Contact for peers of this flow, made once (<see cref="OwnAddresses.ContactOf"/>).</summary>
    internal NameAddr? OwnContact { get; set; }

    /// <summary>
    /// A Via of ours on this flow, whose branch is ASCII. RFC 3581: a datagram may come through a NAT, and its answer must find the way back.
    /// </summary>
    internal byte[] CreateVia(string branch)
    {
        _viaBeforeBranch ??= Encoding.UTF8.GetBytes(new Via(
            Transport, Local.Host, Local.Port == 0 ? null : Local.Port, IsReliable ? SipParameters.Empty : SipParameters.Empty.With("rport", null)) + ";branch=");
        var via = new byte[_viaBeforeBranch.Length + branch.Length];
        _viaBeforeBranch.CopyTo(via, 0);
        Encoding.ASCII.GetBytes(branch, via.AsSpan(_viaBeforeBranch.Length));
        return via;
    }

    /// <summary>
    /// True when what arrives here may come from the peer of that other flow: it is that flow, or the other is of datagrams from the same host.
    /// A peer of datagrams sends large requests over a connection (RFC 3261 §18.1.1), and proves no more with one than with the other.
    /// </summary>
    internal bool IsFromPeerOf(SipFlow other) =>
        this == other || (!other.IsReliable && Remote.Host.Equals(other.Remote.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when a peer that is reached by that other flow is not reached by this one any more.</summary>
    internal bool IsLeftBehindBy(SipFlow other) => !IsFromPeerOf(other) && !other.IsFromPeerOf(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Local} {(IsOutgoing ? "→" : "←")} {Remote}";
}
