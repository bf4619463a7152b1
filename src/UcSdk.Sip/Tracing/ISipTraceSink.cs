namespace UcSdk.Sip;

/// <summary>
/// Takes every message that an endpoint sends or receives, before anything is redacted. Called on the endpoint's loop: it must return
/// soon and must not throw.
/// </summary>
public interface ISipTraceSink
{
    /// <summary>One message.</summary>
    void Message(SipTraceEntry entry);
}
