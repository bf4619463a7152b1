using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Presence at a server that knows PUBLISH (RFC 3903) and PIDF (RFC 3863), and nothing else.</summary>
public sealed class PlainPublicationTests
{
    private readonly Lab _lab = new();
    private int _tag;

    [Fact]
    public void Nothing_is_published_before_the_user_chooses_something() => Run(async alice =>
    {
        await _lab.DelayAsync(60);
        Assert.DoesNotContain(_lab.Server.Requests, request => request.Name == "PUBLISH");
        Assert.Equal(ContactAvailability.None, alice.Self!.Presence.Availability);
    });

    [Fact]
    public void What_the_user_chooses_is_published_changed_and_withdrawn() => Run(async alice =>
    {
        await alice.Self!.PublishAvailabilityAsync(ContactAvailability.Busy);
        var publish = _lab.Server.Last("PUBLISH");
        Assert.Equal(("sip:alice@contoso.com", "presence", "application/pidf+xml"), (publish.UriText, publish.Headers[HeaderName.Event], publish.ContentType));
        Assert.Null(publish.Headers[HeaderName.SipIfMatch]);
        Assert.Contains("<basic>open</basic>", publish.BodyText, StringComparison.Ordinal);
        Assert.Contains(":busy/>", publish.BodyText, StringComparison.Ordinal);

        await alice.Self!.PublishNoteAsync("in a call");
        publish = _lab.Server.Last("PUBLISH");
        Assert.Equal("tag1", publish.Headers[HeaderName.SipIfMatch]);
        Assert.Contains("in a call", publish.BodyText, StringComparison.Ordinal);
        Assert.Equal((ContactAvailability.Busy, "in a call"), (alice.Self!.Presence.Availability, alice.Self!.Presence.PersonalNote));

        await alice.SignOutAsync();
        Assert.Equal("0", _lab.Server.Last("PUBLISH").Headers[HeaderName.Expires]);
    });

    [Fact]
    public void It_is_published_again_after_a_reconnection() => Run(async alice =>
    {
        await alice.Self!.PublishAvailabilityAsync(ContactAvailability.Away);
        _lab.Network.CutHost("alice");
        await _lab.DelayAsync(2);

        var publish = _lab.Server.Last("PUBLISH");
        Assert.Equal(2, _lab.Server.Requests.Count(request => request.Name == "PUBLISH"));
        Assert.Null(publish.Headers[HeaderName.SipIfMatch]);
        Assert.Contains(":away/>", publish.BodyText, StringComparison.Ordinal);
    });

    [Fact]
    public void Nothing_chosen_is_nothing_published() => Run(async alice =>
    {
        await alice.Self!.PublishAvailabilityAsync(ContactAvailability.Busy);
        await alice.Self!.ResetAvailabilityAsync();
        Assert.Equal("0", _lab.Server.Last("PUBLISH").Headers[HeaderName.Expires]);
    });

    [Fact]
    public void What_such_a_server_does_not_keep_is_refused() => Run(async alice =>
    {
        await Assert.ThrowsAsync<ServerRequestException>(async () => await alice.Self!.PublishLocationAsync("Home"));
        await Assert.ThrowsAsync<ServerRequestException>(() => alice.Self!.Permissions.BlockAsync("bob@contoso.com"));
        await Assert.ThrowsAsync<ServerRequestException>(() => alice.Self!.CallForwarding.TurnOffAsync());
        Assert.DoesNotContain(_lab.Server.Requests, request => request.Name is "PUBLISH" or "SERVICE publish");
    });

    [Fact]
    public void A_refusal_is_told_and_the_next_try_is_another_publication() => Run(async alice =>
    {
        var keeping = _lab.Server.Answers["PUBLISH"];
        _lab.Server.Answers["PUBLISH"] = request => _lab.Server.Reply(request, 403);
        Assert.Equal(403, (await Assert.ThrowsAsync<ServerRequestException>(() => alice.Self!.PublishAvailabilityAsync(ContactAvailability.Busy))).StatusCode);

        _lab.Server.Answers["PUBLISH"] = keeping;
        await alice.Self!.PublishAvailabilityAsync(ContactAvailability.Busy);
        Assert.Equal(ContactAvailability.Busy, alice.Self!.Presence.Availability);
    });

    private void Run(Func<LyncClient, Task> story) => _lab.Run(async () =>
    {
        _lab.Server.Answers["PUBLISH"] = request => request.Headers[HeaderName.Expires] == "0"
            ? _lab.Server.Reply(request, 200, "Expires: 0\r\n\r\n")
            : _lab.Server.Reply(request, 200, $"Expires: 3600\r\nSIP-ETag: tag{++_tag}\r\n\r\n");
        await story(await _lab.SignInAsync("alice"));
    });
}
