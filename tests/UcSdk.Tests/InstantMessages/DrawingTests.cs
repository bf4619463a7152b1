using System.Text;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Drawings go to those who can show them, and come where the application can.</summary>
public sealed class DrawingTests
{
    private static readonly byte[] Image = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];
    private static readonly byte[] Strokes = [0, 0x1C, 3, 0x80, 0x80, 4];
    private readonly MessageLab _lab = new();
    private readonly List<InstantMessageContent> _received = [];

    [Fact]
    public void A_drawing_goes_beside_the_text_to_who_says_that_it_shows_both_kinds() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();

        Assert.True((await _lab.Messages.SendMessageAsync(new InstantMessageContent("a heart") { Gif = Image, Ink = Strokes })).IsDelivered);

        Assert.True(MultipartBody.TryRead(_lab.Said("MESSAGE im").Single(), out var body, out _));
        Assert.Equal(["text/plain", "image/gif", "application/x-ms-ink"], body.Parts.Select(part => part.Type!.Name));
        Assert.Equal("base64:" + Convert.ToBase64String(Image), body.Parts[1].Text);
    });

    [Theory]
    [InlineData("text/plain text/html multipart/alternative", "text/plain")]
    [InlineData("text/plain multipart/alternative image/gif", "multipart/alternative")]
    [InlineData("text/plain image/gif", "text/plain")]
    public void Who_cannot_show_it_gets_the_text(string types, string expected) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(
            request, 200, $"Supported: ms-text-format\r\nContent-Type: application/sdp\r\n\r\nv=0\r\no=- 0 0 IN IP4 10.0.0.7\r\ns=session\r\nc=IN IP4 10.0.0.7\r\nt=0 0\r\nm=message 5060 sip null\r\na=accept-types:{types}\r\n");
        await _lab.Messages.SendMessageAsync("Hello");

        await _lab.Messages.SendMessageAsync(new InstantMessageContent("a heart") { Gif = Image });

        Assert.Equal(expected, _lab.Said("MESSAGE im").Single().ContentType);
        Assert.Contains("a heart", _lab.Said("MESSAGE im").Single().BodyText, StringComparison.Ordinal);
    });

    [Fact]
    public void A_drawing_that_is_the_first_message_waits_for_the_session_because_an_INVITE_cannot_carry_it() => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = request => _lab.Server.Reply(request, 200, Texts.MessagesAccepted("Supported: ms-text-format\r\n"));

        Assert.True((await _lab.Messages.SendMessageAsync(new InstantMessageContent("a heart") { Gif = Image })).IsDelivered);

        Assert.False(_lab.Said("INVITE im").Single().Headers.Contains(HeaderName.Of("ms-text-format")));
        Assert.Equal("multipart/alternative", _lab.Said("MESSAGE im").Single().ContentType);
    });

    [Fact]
    public void An_application_that_shows_drawings_says_so_and_gets_them_in_every_form() => _lab.Run(
        async () =>
        {
            await MeetAsync();
            Assert.Contains("a=accept-types:text/plain image/gif application/x-ms-ink multipart/alternative", _lab.Server.Responses.Single(response => response.CSeq!.Method.IsInvite && response.IsSuccess).BodyText, StringComparison.Ordinal);
            Assert.Contains("ms-renders-gif", _lab.Server.Responses.Single(response => response.CSeq!.Method.IsInvite && response.IsSuccess).Headers.GetAll(HeaderName.Supported));

            await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("base64:" + Convert.ToBase64String(Image), "image/gif"));
            await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("base64:" + Convert.ToBase64String(Strokes), "application/x-ms-ink"));
            await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message(Encoding.ASCII.GetString(Strokes[..3].Select(b => (byte)(b & 0x7F)).ToArray()), "application/x-ms-ink"));
            await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message(
                $"--x\r\nContent-Type: text/plain\r\n\r\na heart\r\n--x\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Image)}\r\n--x--",
                "multipart/alternative;boundary=x"));
            await _lab.DelayAsync(0.1);

            Assert.Equal(4, _lab.Server.Log.Count(line => line == "bob: 200 MESSAGE im"));
            Assert.Equal(Image, _received[0].Gif.ToArray());
            Assert.Equal(("", "0 characters, drawing"), (_received[0].Text, _received[0].ToString()));
            Assert.Equal(Strokes, _received[1].Ink.ToArray());
            Assert.Equal(3, _received[2].Ink.Length);
            Assert.Equal(("a heart", Image.Length), (_received[3].Text, _received[3].Gif.Length));
            Assert.Equal("base64:" + Convert.ToBase64String(Image), _received[3].Contents[InstantMessageContentType.Gif]);
        },
        options => options with { InstantMessageCapabilities = InstantMessageCapabilities.CanRenderGif | InstantMessageCapabilities.CanRenderIsf | InstantMessageCapabilities.SupportMime });

    [Fact]
    public void One_that_does_not_show_them_refuses_them_alone_and_takes_the_text_beside_them() => _lab.Run(async () =>
    {
        await MeetAsync();

        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("base64:" + Convert.ToBase64String(Image), "image/gif"));
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message(
            $"--x\r\nContent-Type: text/plain\r\n\r\na heart\r\n--x\r\nContent-Type: image/gif\r\n\r\nbase64:{Convert.ToBase64String(Image)}\r\n--x--", "multipart/alternative;boundary=x"));
        await _lab.DelayAsync(0.1);

        Assert.Contains("bob: 415 MESSAGE im", _lab.Server.Log);
        var content = Assert.Single(_received);
        Assert.Equal(("a heart", true), (content.Text, content.Gif.IsEmpty));
    });

    [Theory]
    [InlineData("base64:bm90IGEgZ2lm", "image/gif")]
    [InlineData("base64:!!!", "image/gif")]
    [InlineData("", "application/x-ms-ink")]
    public void What_cannot_be_a_drawing_is_refused(string body, string type) => _lab.Run(
        async () =>
        {
            await MeetAsync();

            await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message(body, type));
            await _lab.DelayAsync(0.1);

            Assert.Contains("bob: 415 MESSAGE im", _lab.Server.Log);
            Assert.Empty(_received);
        },
        options => options with { InstantMessageCapabilities = InstantMessageCapabilities.CanRenderGif | InstantMessageCapabilities.CanRenderIsf });

    [Fact]
    public void As_many_bytes_as_are_allowed_are_taken_and_one_more_is_not() => _lab.Run(
        async () =>
        {
            Assert.Equal(InstantMessageContent.MaxDrawingBytes, new InstantMessageContent("x") { Ink = new byte[InstantMessageContent.MaxDrawingBytes] }.Ink.Length);
            Assert.Throws<ArgumentException>(() => new InstantMessageContent("x") { Ink = new byte[InstantMessageContent.MaxDrawingBytes + 1] });
            Assert.Throws<ArgumentException>(() => new InstantMessageContent("x") { Gif = Strokes });
            await MeetAsync();

            await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("base64:" + Convert.ToBase64String(new byte[InstantMessageContent.MaxDrawingBytes]), "application/x-ms-ink"));
            await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("base64:" + Convert.ToBase64String(new byte[InstantMessageContent.MaxDrawingBytes + 1]), "application/x-ms-ink"));
            await _lab.DelayAsync(0.1);

            Assert.Equal(InstantMessageContent.MaxDrawingBytes, Assert.Single(_received).Ink.Length);
            Assert.Contains("bob: 415 MESSAGE im", _lab.Server.Log);
        },
        options => options with { InstantMessageCapabilities = InstantMessageCapabilities.CanRenderIsf });

    private async Task MeetAsync()
    {
        await _lab.MeetAsync();
        _lab.Messages.Messages.Subscribe(new Recorder<InstantMessage>(message => _received.Add(message.Content)));
    }
}
