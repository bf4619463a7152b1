using System.Net;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>One peer of a UDP socket.</summary>
internal sealed class UdpFlow(SipFlow flow, SocketAddress remote)
{
    public SipFlow Flow => flow;

    public SocketAddress Remote => remote;

    public Timestamp LastUsed { get; set; }

    /// <summary>Its place among all flows, the one silent for longest first.</summary>
    public LinkedListNode<UdpFlow>? Place { get; set; }

    /// <summary>The Binding request that waits for its answer; null when none does.</summary>
    public UdpKeepAlive? KeepAlive { get; set; }
}
