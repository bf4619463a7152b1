using System.Text;
using System.Threading.Channels;

namespace UcSdk.Sip.Tests;

/// <summary>Keeps what a transport reports, in order, and lets a test await it.</summary>
internal sealed class RecordingEvents : ISipTransportEvents
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<SipFlow> _opened = Channel.CreateUnbounded<SipFlow>();
    private readonly Channel<(SipFlow Flow, byte[] Bytes)> _messages = Channel.CreateUnbounded<(SipFlow, byte[])>();
    private readonly Channel<(SipFlow Flow, SipFlowEnd End, Exception? Error)> _closed = Channel.CreateUnbounded<(SipFlow, SipFlowEnd, Exception?)>();

    public List<string> Log { get; } = [];

    /// <summary>Called for each message, on the transport's loop.</summary>
    public Action<SipFlow, ReadOnlyMemory<byte>>? OnMessage { get; set; }

    public int KeepAliveCount { get; private set; }

    public int OpenedCount { get; private set; }

    public int ClosedCount { get; private set; }

    public async Task<SipFlow> OpenedAsync() => await _opened.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task<string> MessageAsync() => Encoding.UTF8.GetString((await _messages.Reader.ReadAsync().AsTask().WaitAsync(Patience)).Bytes);

    public async Task<(SipFlow Flow, SipFlowEnd End, Exception? Error)> ClosedAsync() => await _closed.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    void ISipTransportEvents.FlowOpened(SipFlow flow)
    {
        OpenedCount++;
        Log.Add($"opened {flow.Remote}");
        _opened.Writer.TryWrite(flow);
    }

    void ISipTransportEvents.KeepAliveReceived(SipFlow flow) => KeepAliveCount++;

    void ISipTransportEvents.MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        Log.Add(Encoding.UTF8.GetString(message.Span).Split('\r')[0]);
        _messages.Writer.TryWrite((flow, message.ToArray()));
        OnMessage?.Invoke(flow, message);
    }

    void ISipTransportEvents.FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error)
    {
        ClosedCount++;
        Log.Add($"closed {end}");
        _closed.Writer.TryWrite((flow, end, error));
    }
}
