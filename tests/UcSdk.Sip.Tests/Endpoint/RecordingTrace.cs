namespace UcSdk.Sip.Tests;

/// <summary>Keeps what is traced.</summary>
internal sealed class RecordingTrace : ISipTraceSink
{
    public List<SipTraceEntry> Entries { get; } = [];

    public void Message(SipTraceEntry entry) => Entries.Add(entry);
}
