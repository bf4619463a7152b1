using System.Text;
using UcSdk.Sip;

namespace UcSdk.Interop.Tests;

/// <summary>
/// A transport on which everything must be said twice: the first copy of each message that is sent is lost, and the first copy of each final answer
/// to an INVITE that is received.
/// </summary>
internal sealed class FirstCopyLostTransport(ISipTransport inner) : ISipTransport, ISipTransportEvents
{
    private readonly HashSet<string> _seen = [];
    private readonly List<string> _repeated = [];
    private ISipTransportEvents? _events;

    public string Name => inner.Name;

    public SipTransportAddress? ListenAddress => inner.ListenAddress;

    /// <summary>How many messages were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Waits until so many messages that begin like that have gone out after all.</summary>
    public async Task RepeatedAsync(string start, int count, CancellationToken cancellationToken)
    {
        while (_repeated.Count(line => line.StartsWith(start, StringComparison.Ordinal)) < count)
        {
            await Task.Delay(5, cancellationToken);
        }
    }

    public Task StartAsync(ISipTransportEvents events, CancellationToken cancellationToken)
    {
        _events = events;
        return inner.StartAsync(this, cancellationToken);
    }

    public Task<SipFlow> ConnectAsync(SipTransportAddress remote, CancellationToken cancellationToken) => inner.ConnectAsync(remote, cancellationToken);

    public ValueTask SendAsync(SipFlow flow, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (IsFirst("sent", message))
        {
            return ValueTask.CompletedTask;
        }

        _repeated.Add(Encoding.UTF8.GetString(message.Span));
        return inner.SendAsync(flow, message, cancellationToken);
    }

    public Task CloseAsync(SipFlow flow, CancellationToken cancellationToken) => inner.CloseAsync(flow, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    public void FlowOpened(SipFlow flow) => _events!.FlowOpened(flow);

    public void MessageReceived(SipFlow flow, ReadOnlyMemory<byte> message)
    {
        var isAnswer = Parse(message) is SipResponse { IsFinal: true } response && response.CSeq?.Method == SipMethod.Invite;
        if (!isAnswer || !IsFirst("received", message))
        {
            _events!.MessageReceived(flow, message);
        }
    }

    public void FlowClosed(SipFlow flow, SipFlowEnd end, Exception? error) => _events!.FlowClosed(flow, end, error);

    private static SipMessage Parse(ReadOnlyMemory<byte> message)
    {
        Assert.True(SipMessage.TryParse(message, SipLimits.Default, out var parsed, out var error), error.ToString());
        return parsed!;
    }

    // The same message by what it is, not by its bytes: an ACK that goes again may have another branch.
    private bool IsFirst(string direction, ReadOnlyMemory<byte> message)
    {
        var parsed = Parse(message);
        var isFirst = _seen.Add($"{direction} {parsed} {parsed.CallId} {parsed.CSeq}");
        Lost += isFirst ? 1 : 0;
        return isFirst;
    }
}
