namespace UcSdk.Sip.Tests;

/// <summary>Who keeps published event state: RFC 3903 §6.</summary>
public sealed class EventStateServerTests : IDisposable
{
    private readonly PeerWire _wire = PeerWire.Reliable();
    private readonly EventStateServer _server;
    private readonly List<string> _heard = [];
    private int _cseq;

    public EventStateServerTests()
    {
        _server = new(_wire.Endpoint, new() { Events = ["presence"], ContentTypes = ["text/plain"], MaxStates = 2 });
        _server.Changed += (state, change) => _heard.Add($"{change} {System.Text.Encoding.UTF8.GetString(state.Body.Span)}");
        _wire.Endpoint.RequestReceived = _server.Receive;
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public void State_is_kept_refreshed_changed_and_removed_under_a_new_tag_each_time()
    {
        var first = Publish("open", "Expires: 600");
        Assert.Equal("600", first.Headers[HeaderName.Expires]);
        Assert.NotNull(first.To!.Tag);
        Assert.Equal(["Published open"], _heard);
        var second = Publish("", $"SIP-If-Match: {Tag(first)}");
        Assert.Equal("3600", second.Headers[HeaderName.Expires]);
        Assert.NotEqual(Tag(first), Tag(second));
        Assert.Single(_heard);
        Assert.Equal(412, Publish("", $"SIP-If-Match: {Tag(first)}", 412).StatusCode);
        var third = Publish("closed", $"SIP-If-Match: {Tag(second)}");
        Assert.Equal("closed", System.Text.Encoding.UTF8.GetString(_server.StatesOf(Messages.Alice.Uri, "Presence").Single().Body.Span));
        var last = Publish("", $"Expires: 0\nSIP-If-Match: {Tag(third)}");
        Assert.Equal("0", last.Headers[HeaderName.Expires]);
        Assert.Equal(["Published open", "Modified closed", "Removed closed"], _heard);
        Assert.Equal(0, _server.Count);
    }

    [Fact]
    public void It_runs_out_to_the_tick()
    {
        Publish("open", "Expires: 60");
        _wire.AdvanceToJustBefore(TimeSpan.FromSeconds(60));
        Assert.Equal(1, _server.Count);
        _wire.Tick();
        Assert.Equal((0, "Expired open"), (_server.Count, _heard[^1]));
    }

    [Theory]
    [InlineData("open", "Expires: 59", 423, "Min-Expires", "60")]
    [InlineData("open", "Event: dialog", 489, "Allow-Events", "presence")]
    [InlineData("open", "Content-Type: text/html", 415, "Accept", "text/plain")]
    [InlineData("", "", 400, null, null)]
    [InlineData("open", "SIP-If-Match: a, b", 400, null, null)]
    [InlineData("open", "SIP-If-Match: unknown", 412, null, null)]
    public void What_cannot_be_kept_is_refused_and_changes_nothing(string body, string more, int status, string? header, string? value)
    {
        var answer = Publish(body, more, status);
        Assert.Equal(value, header is null ? null : answer.Headers[HeaderName.Of(header)]);
        Assert.Equal((0, 0), (_heard.Count, _server.Count));
    }

    [Fact]
    public void There_is_a_limit_that_changes_do_not_count_against()
    {
        var tag = Tag(Publish("one", ""));
        Publish("two", "");
        Publish("three", "", 503);
        Publish("one more", $"SIP-If-Match: {tag}");
        Assert.Equal(2, _server.Count);
    }

    [Fact]
    public void A_tag_is_good_for_its_own_resource_alone()
    {
        var tag = Tag(Publish("one", ""));
        Publish("two", $"SIP-If-Match: {tag}", 412, "sip:carol@self.test");
        Assert.Empty(_server.StatesOf(SipUri.Parse("sip:carol@self.test"), "presence"));
    }

    [Fact]
    public void Only_a_PUBLISH_is_taken()
    {
        var faults = new List<Exception?>();
        _wire.Endpoint.RequestReceived = request => faults.Add(Record.Exception(() => _server.Receive(request)));
        _wire.Says(Messages.FromPeer("MESSAGE"));
        Assert.IsType<ArgumentException>(Assert.Single(faults));
    }

    private static string Tag(SipResponse response) => response.Headers[HeaderName.SipETag]!;

    private SipResponse Publish(string body, string more, int status = 200, string uri = "sip:alice@self.test")
    {
        _cseq++;
        var headers = (more.Contains("Event:", StringComparison.Ordinal) ? more : "Event: presence\n" + more).TrimEnd();
        headers += body.Length > 0 && !more.Contains("Content-Type", StringComparison.Ordinal) ? "\nContent-Type: text/plain" : "";
        _wire.Says(Messages.FromPeer("PUBLISH", _cseq, $"z9hG4bKpub{_cseq}", more: headers, body: body, uri: uri));
        return _wire.ExpectResponse(status);
    }
}
