using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Messages to a plain SIP client, each by itself (RFC 3428), with typing as RFC 3994 has it. Only for users who take no session.</summary>
internal sealed class PageMode(ServerConnection connection, SipUri target) : IMessageLeg
{
    // The least that RFC 3994 §3.3 allows.
    private const uint RefreshSeconds = 60;
    private bool _isClosed;

    public bool IsReady => !_isClosed && connection.IsOpen;

    public bool IsSession => false;

    // RFC 3428 §8: no more than one at a time, to one user.
    public int Window => 1;

    public InstantMessageCapabilities Capabilities => InstantMessageCapabilities.None;

    public Task<SipResponse> SendAsync(MessageBody body) => SendAsync(body.ContentType, body.Bytes);

    public Task<SipResponse> SendComposingAsync(bool isComposing) => SendAsync(
        ContentTypes.IsComposing,
        new IsComposing(isComposing ? IsComposing.Active : IsComposing.Idle) { ContentType = ContentTypes.PlainText, Refresh = isComposing ? RefreshSeconds : null }.ToBytes());

    public Task CloseAsync(bool sayGoodbye)
    {
        _isClosed = true;
        return Task.CompletedTask;
    }

    private Task<SipResponse> SendAsync(string contentType, ReadOnlyMemory<byte> body)
    {
        if (!IsReady)
        {
            return Task.FromException<SipResponse>(new SipException(SipFailure.NoRoute, "MESSAGE: the connection is gone."));
        }

        var request = connection.CreateRequest(SipMethod.Message, target);
        // RFC 3428 §4: no Contact.
        request.Headers.Remove(HeaderName.Contact);
        request.SetBody(contentType, body);
        return connection.Endpoint.SendAsync(request, connection.Flow);
    }
}
