using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>One message as a host sent or received it.</summary>
/// <param name="Time">When.</param>
/// <param name="IsSent">True for sent, false for received.</param>
/// <param name="Trace">The message itself.</param>
internal sealed record WireEntry(TimeSpan Time, bool IsSent, SipTraceEntry Trace)
{
    public SipRequest? Request => Trace.Message as SipRequest;

    public SipResponse? Response => Trace.Message as SipResponse;

    public SipMessage Message => Trace.Message!;

    public string Branch => Message.TopVia?.Branch ?? "";

    public SipMethod Method => Message.CSeq!.Method;

    /// <summary>What names a transaction at one host: responses have the branch of their request.</summary>
    public (string Branch, SipMethod Method) Transaction => (Branch, Method);

    public (string CallId, string? FromTag, string? ToTag, uint CSeq) Ack => (Message.CallId!, Message.From!.Tag, Message.To!.Tag, Message.CSeq!.Number);

    public override string ToString() => $"{Time.TotalSeconds:0.000} {(IsSent ? "sent" : "received")} {Message} (CSeq {Message.CSeq}, branch {Branch})";
}
