using UcSdk.Core;

namespace UcSdk.Sip.Tests;

/// <summary>The short memory of ended sessions.</summary>
public sealed class EndedDialogsTests
{
    private readonly EndedDialogs _ended = new(TimeSpan.FromSeconds(32));

    [Fact]
    public void The_oldest_are_forgotten_where_there_are_too_many()
    {
        var start = Timestamp.Never + TimeSpan.FromDays(-1000);
        for (var at = 0; at < EndedDialogs.MaxCount; at++)
        {
            _ended.Add(Make($"call{at}"), start);
        }

        Assert.True(Has("call0", start));
        _ended.Add(Make("one more"), start);
        Assert.False(Has("call0", start));
        Assert.True(Has("call1", start));
        Assert.True(Has("one more", start));
    }

    private bool Has(string callId, Timestamp now) => _ended.Contains(callId, "", "peertag", now);

    private static Dialog Make(string callId)
    {
        var request = new SipRequest(SipMethod.Invite, Messages.Alice.Uri);
        request.Headers.Add(HeaderName.From, "<sip:bob@peer.test>;tag=peertag");
        request.Headers.Add(HeaderName.To, "<sip:alice@self.test>");
        request.Headers.Add(HeaderName.CallId, callId);
        request.Headers.Add(HeaderName.CSeq, "1 INVITE");
        return Dialog.OfUas(request, "", Messages.Alice, isEarly: false);
    }
}
