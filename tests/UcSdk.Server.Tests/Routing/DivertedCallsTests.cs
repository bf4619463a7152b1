using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Who may speak under a name that is not its own.</summary>
public sealed class DivertedCallsTests
{
    private static readonly SipUri Bob = SipUri.Parse("sip:bob@contoso.test");

    [Fact]
    public void Ten_thousand_calls_are_remembered_and_the_next_one_takes_the_place_of_the_oldest()
    {
        var calls = new DivertedCalls(new BindingStore());
        for (var number = 0; number < 10_000; number++)
        {
            calls.Note(Invite(number), Bob);
        }

        Assert.True(calls.MaySpeak(Reply(0), Bob));
        Assert.True(calls.MaySpeak(Reply(9_999), Bob));
        calls.Note(Invite(10_000), Bob);

        Assert.False(calls.MaySpeak(Reply(0), Bob));
        Assert.True(calls.MaySpeak(Reply(1), Bob));
        Assert.True(calls.MaySpeak(Reply(10_000), Bob));
    }

    [Fact]
    public void Only_calls_that_were_sent_on_are_remembered_and_all_whom_they_went_to()
    {
        var calls = new DivertedCalls(new BindingStore());
        calls.Note(Invite(1), SipUri.Parse("sip:sales@contoso.test"));
        calls.Note(Read("MESSAGE", 2, "<sip:alice@contoso.test>;tag=a", "<sip:sales@contoso.test>"), Bob);
        calls.Note(Read("INVITE", 3, "<sip:alice@contoso.test>;tag=a", "<sip:sales@contoso.test>;tag=b"), Bob);
        Assert.All([1, 2, 3], number => Assert.False(calls.MaySpeak(Reply(number), Bob)));

        var carol = SipUri.Parse("sip:Carol@contoso.test");
        calls.Note(Invite(4), Bob);
        calls.Note(Invite(4), carol);
        Assert.True(calls.MaySpeak(Reply(4), Bob) && calls.MaySpeak(Reply(4), carol));
        Assert.False(calls.MaySpeak(Reply(4), SipUri.Parse("sip:dave@contoso.test")));
    }

    [Fact]
    public void Who_uses_a_Call_ID_again_takes_nobodys_call_away()
    {
        var calls = new DivertedCalls(new BindingStore());
        calls.Note(Invite(1), Bob);

        calls.Note(Read("INVITE", 1, "<sip:mallory@contoso.test>;tag=m", "<sip:sales@contoso.test>"), SipUri.Parse("sip:carol@contoso.test"));

        Assert.True(calls.MaySpeak(Reply(1), Bob));
        Assert.False(calls.MaySpeak(Reply(1), SipUri.Parse("sip:carol@contoso.test")));
    }

    private static SipRequest Invite(int number) => Read("INVITE", number, "<sip:alice@contoso.test>;tag=a", "<sip:sales@contoso.test>");

    private static SipRequest Reply(int number) => Read("MESSAGE", number, "<sip:sales@contoso.test>;tag=b", "<sip:alice@contoso.test>;tag=a");

    private static SipRequest Read(string method, int number, string from, string to)
    {
        var text = $"{method} sip:x@contoso.test SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\nFrom: {from}\r\nTo: {to}\r\nCall-ID: c{number}\r\nCSeq: 1 {method}\r\nContent-Length: 0\r\n\r\n";
        Assert.True(SipMessage.TryParse(System.Text.Encoding.UTF8.GetBytes(text), SipLimits.Default, out var message, out var error), error.ToString());
        return (SipRequest)message!;
    }
}
