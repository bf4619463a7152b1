using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What the scripted server remembers of a dialog.</summary>
internal sealed class ScriptedDialog(string name, SipFlow flow, string localAddress, string remoteAddress, string remoteTarget, int cseq)
{
    public string Name => name;

    public SipFlow Flow => flow;

    public string LocalAddress => localAddress;

    public string RemoteAddress { get; set; } = remoteAddress;

    public string RemoteTarget { get; set; } = remoteTarget;

    public int CSeq { get; set; } = cseq;
}
