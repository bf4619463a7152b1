using System.Net;
using UcSdk.Tests.Discovery;

namespace UcSdk.Tests;

/// <summary>Custom activities: the document that the server's settings name, and publishing one of it.</summary>
public sealed class CustomActivityTests : IDisposable
{
    private const string Address = "https://pool.contoso.com/presence.xml";

    // After the example in "Configuring Custom Presence States" of the documentation of Lync Server.
    private const string Document =
        "<?xml version=\"1.0\"?><customStates xmlns=\"http://schemas.microsoft.com/09/2009/communicator/customStates\">"
        + "<customState ID=\"1\" availability=\"online\"><activity LCID=\"1033\">Working from Home</activity><activity LCID=\"1044\">activity 2 for 1044</activity></customState>"
        + "<customState ID=\"2\" availability=\"busy\"><activity LCID=\"1033\">In a Live Meeting</activity></customState>"
        + "<customState ID=\"4\" availability=\"do-not-disturb\"><activity LCID=\"1033\">Interviewing</activity></customState></customStates>";

    private readonly PresenceLab _lab = new();
    private readonly ScriptedWeb _web = new();

    public CustomActivityTests() => _lab.Change = options => options with { Web = options.Web with { HttpHandler = () => _web } };

    public void Dispose() => _web.Dispose();

    [Fact]
    public void The_activities_of_the_organisation_are_fetched_once_and_can_be_published() => RunWith(Document, async () =>
    {
        Assert.Empty(_lab.Self.GetPublishableCustomAvailabilityStates());
        var states = await _lab.Self.GetPublishableCustomAvailabilityStatesAsync();
        Assert.Equal([(1, ContactAvailability.Free), (2, ContactAvailability.Busy), (4, ContactAvailability.DoNotDisturb)], states.Select(state => (state.Id, state.Availability)));
        Assert.Equal("activity 2 for 1044", states[0].Activities[1044]);
        Assert.Equal(states, _lab.Self.GetPublishableCustomAvailabilityStates());
        await _lab.Self.GetPublishableCustomAvailabilityStatesAsync();
        Assert.Equal([Address], _web.Asked);

        await _lab.Self.PublishContactInformationAsync([new(PublishableContactInformationType.CustomActivityId, 4)]);
        var published = _lab.Script.Kept[("state", 0x20000000, 2)].Content;
        Assert.Contains("<availability>9500</availability>", published, StringComparison.Ordinal);
        Assert.Contains("<custom LCID=\"1033\">Interviewing</custom>", published, StringComparison.Ordinal);
    });

    [Fact]
    public void What_clients_cannot_offer_is_left_out_and_the_fifth_too() => RunWith(
        "<customStates>"
        + $"<customState ID=\"1\" availability=\"online\"><activity LCID=\"1033\">{new string('x', 64)}</activity></customState>"
        + $"<customState ID=\"2\" availability=\"online\"><activity LCID=\"1033\">{new string('x', 65)}</activity></customState>"
        + "<customState ID=\"3\" availability=\"away\"><activity LCID=\"1033\">Elsewhere</activity></customState>"
        + "<customState ID=\"0\" availability=\"busy\"><activity LCID=\"1033\">Nothing</activity></customState>"
        + "<customState ID=\"5\" availability=\"busy\"><activity>In no language</activity></customState>"
        + string.Concat(Enumerable.Range(6, 4).Select(id => $"<customState ID=\"{id}\" availability=\"busy\"><activity LCID=\"1033\">Number {id}</activity></customState>"))
        + "</customStates>",
        async () => Assert.Equal([1, 6, 7, 8], (await _lab.Self.GetPublishableCustomAvailabilityStatesAsync()).Select(state => state.Id)));

    [Fact]
    public void Those_of_the_application_come_first_and_hold() => RunWith(
        Document,
        async () =>
        {
            var states = await _lab.Self.GetPublishableCustomAvailabilityStatesAsync();
            Assert.Equal([2, 1, 4], states.Select(state => state.Id));
            Assert.Equal("Ours", states[0].Activities[1033]);
        },
        new PresenceOptions { CustomStates = [new(2, ContactAvailability.Busy, new Dictionary<int, string> { [1033] = "Ours" })] });

    [Theory]
    [InlineData("<html/>", "cannot be read")]
    [InlineData("<customStates><customState availability=\"busy\"/></customStates>", "cannot be read")]
    [InlineData(null, "answered 404")]
    public void A_document_that_cannot_be_had_is_an_error_and_is_asked_for_again(string? document, string error) => RunWith(document, async () =>
    {
        Assert.Contains(error, (await Assert.ThrowsAsync<ServerRequestException>(() => _lab.Self.GetPublishableCustomAvailabilityStatesAsync())).Message, StringComparison.Ordinal);
        _web.Document(Address, Document, "text/xml");
        Assert.Equal(3, (await _lab.Self.GetPublishableCustomAvailabilityStatesAsync()).Count);
    });

    [Fact]
    public void A_document_may_be_64_KiB_and_not_more() => RunWith(Document.Replace("?>", "?><!--" + new string(' ', (64 * 1024) - Document.Length - 7) + "-->", StringComparison.Ordinal), async () =>
    {
        Assert.Equal(3, (await _lab.Self.GetPublishableCustomAvailabilityStatesAsync()).Count);
        await RenewAsync("https://pool.contoso.com/other.xml");
        _web.Document("https://pool.contoso.com/other.xml", Document + new string(' ', (64 * 1024) - Document.Length + 1), "text/xml");
        Assert.Contains("65536", (await Assert.ThrowsAsync<ServerRequestException>(() => _lab.Self.GetPublishableCustomAvailabilityStatesAsync())).Message, StringComparison.Ordinal);
        Assert.Empty(_lab.Self.GetPublishableCustomAvailabilityStates());
    });

    [Fact]
    public void A_file_that_a_server_names_is_not_opened() => RunWith(Document, async () =>
    {
        await RenewAsync("file:///etc/hostname");
        var refused = await Assert.ThrowsAsync<ServerRequestException>(() => _lab.Self.GetPublishableCustomAvailabilityStatesAsync());
        Assert.Contains("file is not fetched", refused.Message, StringComparison.Ordinal);
        await RenewAsync("");
        Assert.Empty(await _lab.Self.GetPublishableCustomAvailabilityStatesAsync());
        Assert.Empty(_web.Asked);
    });

    private void RunWith(string? document, Func<Task> story, PresenceOptions? options = null) => _lab.RunFromStart(
        async () =>
        {
            _ = document is null ? _web.Status(Address, HttpStatusCode.NotFound) : _web.Document(Address, document, "text/xml");
            Provision(Address);
            await _lab.SignInAsync();
            await story();
        },
        options);

    private Task RenewAsync(string address)
    {
        Provision(address);
        return _lab.Alice.Settings.RefreshAsync();
    }

    private void Provision(string address) => Texts.Provision(
        _lab.Server,
        $"<provisionGroup name=\"endpointConfiguration\"><propertyEntryList><property name=\"CustomStateUrl\">{address}</property></propertyEntryList></provisionGroup>");
}
