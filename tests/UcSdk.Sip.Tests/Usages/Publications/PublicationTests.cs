namespace UcSdk.Sip.Tests;

/// <summary>Who publishes event state: RFC 3903 §4. The entity tags are those of the example in §15.</summary>
public sealed class PublicationTests
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly List<(PublicationState, PublicationReason)> _history = [];

    [Fact]
    public async Task State_is_published_whole_refreshed_by_its_tag_changed_and_removed()
    {
        var publication = Create();
        var publishing = _wire.Do(() => publication.PublishAsync("application/pidf+xml", "open"u8.ToArray()));
        var first = _wire.ExpectRequest(SipMethod.Publish);
        Assert.Equal(("sip:alice@self.test", "presence", "3600", "open"), (first.UriText, first.Headers[HeaderName.Event], first.Headers[HeaderName.Expires], first.BodyText));
        Assert.False(first.Headers.Contains(HeaderName.SipIfMatch));
        Assert.False(publishing.IsCompleted);
        Keep(first, "dx200xyz", 1800);
        await publishing;
        Assert.Equal(("dx200xyz", PublicationState.Published), (publication.ETag, publication.State));

        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(1680));
        _wire.ExpectNothing();
        _wire.Tick();
        var refresh = _wire.ExpectRequest(SipMethod.Publish);
        Assert.Equal(("dx200xyz", 0, null, "2 PUBLISH"), (refresh.Headers[HeaderName.SipIfMatch], refresh.Body.Length, refresh.ContentType, refresh.CSeq!.ToString()));
        Keep(refresh, "kwj449x", 1800);

        var changing = _wire.Do(() => publication.PublishAsync("application/pidf+xml", "closed"u8.ToArray()));
        var change = _wire.ExpectRequest(SipMethod.Publish);
        Assert.Equal(("kwj449x", "closed"), (change.Headers[HeaderName.SipIfMatch], change.BodyText));
        Keep(change, "qwi982ks", 3600);
        await changing;

        var removing = _wire.Do(() => publication.RemoveAsync());
        var removal = _wire.ExpectRequest(SipMethod.Publish);
        Assert.Equal(("qwi982ks", "0", 0), (removal.Headers[HeaderName.SipIfMatch], removal.Headers[HeaderName.Expires], removal.Body.Length));
        _wire.Answers(removal, 200);
        await removing;
        Assert.Equal(PublicationReason.Removed, await publication.Ended);
        Assert.Equal([.. Enumerable.Range(1, 4).Select(n => $"{n} PUBLISH")], new[] { first, refresh, change, removal }.Select(r => r.CSeq!.ToString()));
        Assert.Single(new[] { first, refresh, change, removal }.Select(r => r.CallId).Distinct());
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Of_changes_during_a_publish_the_last_goes_out_after_its_answer()
    {
        var publication = Create();
        var one = Publish(publication, "one");
        var first = _wire.ExpectRequest(SipMethod.Publish);
        var two = Publish(publication, "two");
        var three = Publish(publication, "three");
        _wire.ExpectNothing();
        Keep(first, "a");
        await one;
        Assert.False(two.IsCompleted);
        var next = _wire.ExpectRequest(SipMethod.Publish);
        Assert.Equal(("three", "a"), (next.BodyText, next.Headers[HeaderName.SipIfMatch]));
        Keep(next, "b");
        await Task.WhenAll(two, three);
        _wire.ExpectNothing();
    }

    [Fact]
    public void What_the_server_has_lost_is_published_again_whole()
    {
        var publication = Established("open");
        var refresh = Refresh();
        _wire.Answers(refresh, 412);
        Assert.Equal((PublicationState.Publishing, PublicationReason.StateLost), _history[^1]);
        var again = _wire.ExpectRequest(SipMethod.Publish);
        Assert.False(again.Headers.Contains(HeaderName.SipIfMatch));
        Assert.Equal("open", again.BodyText);
        Keep(again, "new");
        Assert.Equal(("new", PublicationState.Published), (publication.ETag, publication.State));
    }

    [Fact]
    public async Task A_412_to_a_publish_without_a_condition_is_a_refusal()
    {
        var publication = Create();
        var publishing = Publish(publication, "open");
        _wire.Answers(_wire.ExpectRequest(SipMethod.Publish), 412);
        Assert.Equal(412, (await Assert.ThrowsAsync<SipException>(() => publishing)).StatusCode);
        Assert.Equal(PublicationReason.Refused, await publication.Ended);
        Assert.Throws<InvalidOperationException>(() => { _ = publication.PublishAsync("text/plain", default); });
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_423_is_answered_by_the_longer_life_once(bool later)
    {
        var publication = later ? Established("open") : Create();
        var publishing = Publish(publication, "two");
        _wire.Answers(_wire.ExpectRequest(SipMethod.Publish), 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "7200"));
        var again = _wire.ExpectRequest(SipMethod.Publish);
        Assert.Equal(("7200", "two"), (again.Headers[HeaderName.Expires], again.BodyText));
        _wire.Answers(again, 423, edit: r => r.Headers.Add(HeaderName.MinExpires, "7200"));
        Assert.Equal(423, (await Assert.ThrowsAsync<SipException>(() => publishing)).StatusCode);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public void A_refresh_that_fails_in_passing_goes_again(int status)
    {
        var publication = Established("open");
        var refresh = Refresh();
        if (status == 0)
        {
            _wire.Advance(64 * Messages.T1);
        }
        else
        {
            _wire.Answers(refresh, status, edit: r => r.Headers.Add(HeaderName.RetryAfter, "10"));
            _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(10));
            _wire.ExpectNothing();
        }

        _wire.Advance(TimeSpan.FromSeconds(4));
        Keep(_wire.ExpectRequest(SipMethod.Publish), "next");
        Assert.Equal(("next", PublicationState.Published), (publication.ETag, publication.State));
    }

    [Fact]
    public async Task Without_a_successful_refresh_it_runs_out_to_the_tick()
    {
        var publication = Established("open");
        Refresh();
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(120));
        Assert.Equal(PublicationState.Published, publication.State);
        _wire.Tick();
        Assert.Equal(PublicationReason.Expired, await publication.Ended);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    public async Task Removing_during_a_publish_waits_for_its_outcome(int status)
    {
        var publication = Create();
        var publishing = Publish(publication, "open");
        var first = _wire.ExpectRequest(SipMethod.Publish);
        var removing = _wire.Do(() => publication.RemoveAsync());
        _wire.ExpectNothing();
        if (status == 200)
        {
            Keep(first, "tag");
            var removal = _wire.ExpectRequest(SipMethod.Publish);
            Assert.Equal(("tag", "0"), (removal.Headers[HeaderName.SipIfMatch], removal.Headers[HeaderName.Expires]));
            // The server may have forgotten it meanwhile: that is what was wanted.
            _wire.Answers(removal, 412);
        }
        else
        {
            _wire.Answers(first, status);
        }

        await removing;
        Assert.Equal(status == 200 ? PublicationReason.Removed : PublicationReason.Refused, await publication.Ended);
        await Assert.ThrowsAsync<SipException>(() => publishing);
        _wire.ExpectNothingLeft();
    }

    [Theory]
    [InlineData("publishing", "silence", PublicationReason.TimedOut)]
    [InlineData("removing", "silence", PublicationReason.TimedOut)]
    [InlineData("publishing", "break", PublicationReason.FlowLost)]
    [InlineData("published", "break", PublicationReason.FlowLost)]
    [InlineData("removing", "break", PublicationReason.FlowLost)]
    [InlineData("published", "refuse", PublicationReason.Refused)]
    public async Task It_ends_in_every_state(string state, string how, PublicationReason reason)
    {
        var publication = state == "publishing" ? Create() : Established("open");
        if (state == "publishing")
        {
            _ = Publish(publication, "open");
        }
        else if (state == "removing")
        {
            _ = _wire.Do(() => publication.RemoveAsync());
        }

        switch (how)
        {
            case "silence":
                _wire.Advance(64 * Messages.T1);
                break;
            case "break":
                _wire.Breaks();
                break;
            default:
                _wire.Answers(Refresh(), 403);
                break;
        }

        Assert.Equal(reason, await publication.Ended);
        _wire.ExpectNothingLeft();
    }

    [Fact]
    public async Task Removing_what_was_never_published_is_nothing()
    {
        var publication = Create();
        await publication.RemoveAsync();
        _wire.ExpectNothing();
        Assert.Throws<ArgumentException>(() => { _ = publication.PublishAsync("", default); });
    }

    [Fact]
    public async Task Disposing_the_endpoint_fails_what_waits()
    {
        var publication = Create();
        var publishing = Publish(publication, "open");
        Assert.Equal(1, _wire.Counts.Publications);
        _ = _wire.Do(() => _wire.Endpoint.DisposeAsync().AsTask());
        Assert.Equal(SipFailure.Terminated, (await Assert.ThrowsAsync<SipException>(() => publishing)).Failure);
        await Assert.ThrowsAsync<SipException>(() => publication.Ended);
    }

    private Publication Create()
    {
        var publication = _wire.Do(() => _wire.Endpoint.Publish(new() { Aor = Messages.Alice.Uri, Event = "presence", Flow = _wire.Flow, Expires = TimeSpan.FromHours(1) }));
        publication.StateChanged += change => _history.Add((change.Current, change.Reason));
        return publication;
    }

    private Task Publish(Publication publication, string body) =>
        _wire.Do(() => publication.PublishAsync("text/plain", System.Text.Encoding.UTF8.GetBytes(body)));

    private Publication Established(string body)
    {
        var publication = Create();
        _ = Publish(publication, body);
        Keep(_wire.ExpectRequest(SipMethod.Publish), "first");
        return publication;
    }

    private SipRequest Refresh()
    {
        _wire.Advance(TimeSpan.FromSeconds(3480));
        return _wire.ExpectRequest(SipMethod.Publish);
    }

    private void Keep(SipRequest publish, string tag, int seconds = 3600) => _wire.Answers(publish, 200, edit: r =>
    {
        r.Headers.Add(HeaderName.SipETag, tag);
        r.Headers.Add(HeaderName.Expires, seconds.ToString());
    });
}
