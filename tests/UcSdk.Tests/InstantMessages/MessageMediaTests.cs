namespace UcSdk.Tests;

/// <summary>The session descriptions of sessions of messages, as offer and answer (RFC 3264) and when they change (RFC 3261 §14).</summary>
public sealed class MessageMediaTests
{
    private const string Session = "v=0\r\no=- 0 1 IN IP4 10.0.0.7\r\ns=session\r\nc=IN IP4 10.0.0.7\r\nt=0 0\r\n";
    private readonly MessageLab _lab = new();

    [Fact]
    public void An_answer_has_a_line_for_each_of_the_offer_and_takes_the_messages_only() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await ChangeAsync("m=audio 4000 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\nm=x-ms-message 5060 sip null\r\n");

        Assert.Equal(["m=audio 0 RTP/AVP 0 8", "m=x-ms-message 5060 sip null"], Answer().Where(line => line.StartsWith("m=", StringComparison.Ordinal)));
    });

    [Fact]
    public void Another_medium_instead_of_the_messages_is_not_acceptable_and_the_session_stays() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await ChangeAsync("m=audio 4000 RTP/AVP 0\r\n");

        Assert.Contains("bob: 488 INVITE im", _lab.Server.Log);
        Assert.True((await _lab.Messages.SendMessageAsync("Hi")).IsDelivered);
        Assert.Empty(_lab.Said("BYE im"));
    });

    [Fact]
    public void What_the_other_side_can_show_may_change_with_its_offer() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        Assert.True(_lab.Messages.Capabilities.HasFlag(InstantMessageCapabilities.CanRenderHtml));
        await ChangeAsync("m=message 5060 sip null\r\na=accept-types:text/plain text/rtf\r\n");

        Assert.Equal(InstantMessageCapabilities.CanRenderRtf, _lab.Messages.Capabilities);
    });

    [Fact]
    public void A_refresh_without_an_offer_gets_one_and_changes_nothing() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        var before = _lab.Messages.Capabilities;
        await _lab.Server.SendInDialogAsync("im", "INVITE", "Contact: <sip:alice@contoso.com;gruu>\r\n");
        await _lab.DelayAsync(0.1);

        Assert.Contains("m=message 5060 sip null", Answer());
        Assert.Equal(before, _lab.Messages.Capabilities);
    });

    private async Task ChangeAsync(string media)
    {
        await _lab.Server.SendInDialogAsync("im", "INVITE", $"Contact: <sip:alice@contoso.com;gruu>\r\nContent-Type: application/sdp\r\n\r\n{Session}{media}");
        await _lab.DelayAsync(0.1);
    }

    private string[] Answer() => _lab.Server.Responses.Last(response => response.CSeq!.Method.IsInvite).BodyText.Split("\r\n");
}
