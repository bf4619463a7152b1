namespace UcSdk.Tests;

public sealed class TypingTests
{
    private readonly MessageLab _lab = new();

    [Fact]
    public void Bob_is_said_to_type_at_once_again_every_five_seconds_and_to_have_stopped() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();

        await _lab.Messages.SetComposingAsync(true);
        Assert.True(_lab.Messages.IsComposing);
        await _lab.Messages.SetComposingAsync(true);
        await _lab.DelayAsync(11);
        await _lab.Messages.SetComposingAsync(false);
        await _lab.DelayAsync(30);

        Assert.Equal(["type", "type", "type", "idle"], Said());
        Assert.All(_lab.Said("INFO im"), info => Assert.Equal("application/xml", info.ContentType));
        Assert.False(_lab.Messages.IsComposing);
    });

    [Fact]
    public void A_message_ends_typing_without_a_word() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Messages.SetComposingAsync(true);
        await _lab.Messages.SendMessageAsync("Done");
        await _lab.DelayAsync(30);

        Assert.Equal(["type"], Said());
        Assert.False(_lab.Messages.IsComposing);
    });

    [Fact]
    public void Who_forgets_to_stop_has_stopped_after_a_minute() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.Messages.SetComposingAsync(true);
        await _lab.DelayAsync(90);

        Assert.Equal("idle", Said()[^1]);
        Assert.Equal(13, Said().Length);
    });

    [Fact]
    public void A_session_does_not_end_for_rest_while_bob_types() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        await _lab.DelayAsync(580);
        await _lab.Messages.SetComposingAsync(true);
        await _lab.DelayAsync(40);
        Assert.True(_lab.Messages.IsComposing);
        Assert.Empty(_lab.Said("BYE im"));

        await _lab.DelayAsync(600);
        Assert.Single(_lab.Said("BYE im"));
    });

    [Fact]
    public void Alice_types_for_fifteen_seconds_unless_she_says_so_again_stops_or_has_written() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        var typing = new Recorder<CollectionChange<Participant>>();
        _lab.Messages.TypingParticipants.Changes.Subscribe(typing);

        await TypesAsync();
        await _lab.DelayAsync(14.9);
        Assert.Equal("sip:alice@contoso.com", Assert.Single(_lab.Messages.TypingParticipants).Uri);
        await TypesAsync();
        await _lab.DelayAsync(14.9);
        Assert.Single(_lab.Messages.TypingParticipants);
        await _lab.DelayAsync(0.2);
        Assert.Empty(_lab.Messages.TypingParticipants);

        await TypesAsync();
        await _lab.DelayAsync(0.1);
        await TypesAsync("idle");
        await _lab.DelayAsync(0.1);
        Assert.Empty(_lab.Messages.TypingParticipants);

        await TypesAsync();
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message("Done"));
        await _lab.DelayAsync(0.1);
        Assert.Empty(_lab.Messages.TypingParticipants);

        await TypesAsync();
        await _lab.Server.SendInDialogAsync("im", "BYE");
        await _lab.DelayAsync(0.1);
        Assert.Empty(_lab.Messages.TypingParticipants);
        Assert.Equal(["Snapshot", "Added", "Removed", "Added", "Removed", "Added", "Removed", "Added", "Removed"], typing.Items.Select(change => $"{change.Kind}"));
    });

    [Fact]
    public void Typing_as_plain_clients_say_it_is_understood_in_a_session_too() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        // RFC 3994 §5, with a refresh of its own.
        await _lab.Server.SendInDialogAsync("im", "MESSAGE", Texts.Message(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state><contenttype>text/plain</contenttype><refresh>90</refresh></isComposing>",
            "application/im-iscomposing+xml"));
        await _lab.DelayAsync(80);

        Assert.Contains("bob: 200 MESSAGE im", _lab.Server.Log);
        Assert.Single(_lab.Messages.TypingParticipants);
        Assert.Empty(_lab.Shown);
        await _lab.DelayAsync(20);
        Assert.Empty(_lab.Messages.TypingParticipants);
    });

    private Task TypesAsync(string status = "type") => _lab.Server.SendInDialogAsync("im", "INFO", Texts.Typing(status));

    private string[] Said() => [.. _lab.Said("INFO im").Select(info => info.BodyText.Split("status=\"")[1].Split('"')[0])];
}
