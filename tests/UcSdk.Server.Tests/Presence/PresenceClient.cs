using System.Globalization;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>What a client of the Lync family says about presence, as text. What the server answers is read by whoever asks.</summary>
internal sealed class PresenceClient(RawClient client, string epid)
{
    public const string Benotify = "Supported: ms-benotify\nProxy-Require: ms-benotify\nSupported: ms-piggyback-first-notify\nSupported: com.microsoft.autoextend";

    private readonly Dictionary<string, int> _sequences = [];
    private int _calls;

    public RawClient Raw => client;

    public string Address => client.Address;

    public static PresenceClient SignIn(ServerLab lab, string user, string? epid = null) => new(lab.SignIn(user, epid), epid ?? user + "01");

    /// <summary>Subscribes to its own presence; gives the 200.</summary>
    public SipResponse SubscribeSelf(string parts = "categories containers subscribers", string headers = Benotify, string? uri = null)
    {
        SendSubscribeSelf(parts, headers, uri);
        return client.ExpectsResponse(200);
    }

    public void SendSubscribeSelf(string parts = "categories containers subscribers", string headers = Benotify, string? uri = null)
    {
        var list = string.Concat(parts.Split(' ').Select(part => $"""<roaming type="{part}"/>"""));
        client.Request(
            "SUBSCRIBE",
            uri ?? Address,
            NextCall("self"),
            $"Event: vnd-microsoft-roaming-self\nAccept: application/vnd-microsoft-roaming-self+xml\nContent-Type: application/vnd-microsoft-roaming-self+xml\n{headers}",
            $"""<roamingList xmlns="http://schemas.microsoft.com/2006/09/sip/roaming-self">{list}</roamingList>""");
    }

    public void Service(string contentType, string body, string? uri = null) => client.Request("SERVICE", uri ?? Address, NextCall("service"), "Content-Type: " + contentType, body);

    /// <summary>Publishes; the answer is still to come.</summary>
    public void Publish(params string[] publications) => PublishFor(Address, publications);

    public void PublishFor(string owner, params string[] publications) => Service(
        "application/msrtc-category-publish+xml",
        $"""<publish xmlns="http://schemas.microsoft.com/2006/09/sip/rich-presence"><publications uri="{owner}">{string.Concat(publications)}</publications></publish>""");

    /// <summary>Publishes and is answered 200.</summary>
    public RoamingSelf Publishes(params string[] publications)
    {
        Publish(publications);
        return ReadSelf(client.ExpectsResponse(200));
    }

    public static string Publication(string category, uint instance, uint container, int version, string content = "", string life = "expireType=\"static\"") =>
        $"""<publication categoryName="{category}" instance="{instance}" container="{container}" version="{version}" {life}>{content}</publication>""";

    /// <summary>A state in a container of aggregation.</summary>
    public static string State(
        uint instance, uint container, int version, string type, uint availability, string more = "", string life = "expireType=\"static\"", string attributes = "") =>
        Publication("state", instance, container, version, StateContent(type, availability, more, attributes), life);

    public static string StateContent(string type, uint availability, string more = "", string attributes = "") =>
        $"""<state xmlns="http://schemas.microsoft.com/2006/09/sip/state" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" manual="false" xsi:type="{type}"{attributes}><availability>{availability}</availability>{more}</state>""";

    /// <summary>The user's own choice, in both containers of aggregation.</summary>
    public static string[] UserState(uint availability, int version = 0, string more = "") =>
        [State(0x20000000, 2, version, "userState", availability, more), State(0x20000000, 3, version, "userState", availability, more)];

    /// <summary>What the machine does, in both containers of aggregation.</summary>
    public static string[] MachineState(uint instance, uint availability, int version = 0) =>
        [State(instance, 2, version, "machineState", availability, life: "expireType=\"endpoint\""), State(instance, 3, version, "machineState", availability, life: "expireType=\"endpoint\"")];

    public static string Note(uint container, string text, int version = 0) => Publication(
        "note", 0, container, version, $"""<note xmlns="http://schemas.microsoft.com/2006/09/sip/note"><body type="personal" uri="">{text}</body></note>""");

    public void SetMembers(params string[] containers) => Service(
        "application/msrtc-setcontainermembers+xml",
        $"""<setContainerMembers xmlns="http://schemas.microsoft.com/2006/09/sip/container-management">{string.Concat(containers)}</setContainerMembers>""");

    /// <summary>Puts a user into a container, and is answered 200.</summary>
    public void Places(string user, uint container, int version = 0)
    {
        SetMembers(Container(container, version, Member("add", "user", user)));
        client.ExpectsResponse(200);
    }

    public static string Container(uint id, int version, params string[] members) => $"""<container id="{id}" version="{version}">{string.Concat(members)}</container>""";

    public static string Member(string action, string type, string? value = null) =>
        $"""<member action="{action}" type="{type}"{(value is null ? "" : $" value=\"{value}\"")}/>""";

    /// <summary>Watches users by one subscription; the answer is still to come.</summary>
    public void SendWatch(IEnumerable<string> resources, string categories = "state note", string headers = Benotify, string? uri = null) => client.Request(
        "SUBSCRIBE",
        uri ?? Address,
        NextCall("watch"),
        BatchHeaders(headers),
        BatchBody("subscribe", resources, categories));

    /// <summary>Watches users by one subscription; gives the 200.</summary>
    public SipResponse Watch(params string[] resources)
    {
        SendWatch(resources);
        return client.ExpectsResponse(200);
    }

    /// <summary>Changes a subscription inside its dialog; gives the answer.</summary>
    public SipResponse Rewatch(SipResponse established, string action, IEnumerable<string> resources, string categories = "state note", int status = 200, string headers = Benotify)
    {
        InDialog(established, BatchHeaders(headers), BatchBody(action, resources, categories));
        return client.ExpectsResponse(status);
    }

    public void InDialog(SipResponse established, string headers, string body = "")
    {
        var sequence = _sequences.GetValueOrDefault(established.CallId!, 1) + 1;
        _sequences[established.CallId!] = sequence;
        client.InDialog("SUBSCRIBE", established, sequence, headers, body);
    }

    public string BatchBody(string action, IEnumerable<string> resources, string categories) =>
        $"""
        <batchSub xmlns="http://schemas.microsoft.com/2006/01/sip/batch-subscribe" uri="{Address}" name=""><action name="{action}" id="63792024"><adhocList>
        {string.Concat(resources.Select(resource => resource.StartsWith('<') ? resource : $"<resource uri=\"{resource}\"/>"))}
        </adhocList><categoryList xmlns="http://schemas.microsoft.com/2006/09/sip/categorylist">{string.Concat(categories.Split(' ').Select(name => $"<category name=\"{name}\"/>"))}</categoryList></action></batchSub>
        """;

    public static string BatchHeaders(string headers) =>
        $"""
        Event: presence
        Accept: application/msrtc-event-categories+xml, application/xpidf+xml, text/xml+msrtc.pidf, application/pidf+xml, application/rlmi+xml, multipart/related
        Require: adhoclist, categoryList
        Supported: eventlist
        Content-Type: application/msrtc-adrl-categorylist+xml
        {headers}
        """;

    /// <summary>The next message is a BENOTIFY about presence; gives what it says about whom.</summary>
    public IReadOnlyList<PresenceCategories> ExpectsNews() => Read(client.ExpectsRequest("BENOTIFY"));

    /// <summary>The next message is a BENOTIFY about its own presence.</summary>
    public RoamingSelf ExpectsSelf() => ReadSelf(client.ExpectsRequest("BENOTIFY"));

    public static RoamingSelf ReadSelf(SipMessage message)
    {
        Assert.Equal("application/vnd-microsoft-roaming-self+xml", message.ContentType);
        Assert.True(RoamingSelf.TryRead(message.Body, out var self, out var error), error.ToString());
        return self!;
    }

    /// <summary>Everything that a notification says, alone or in a list.</summary>
    public static IReadOnlyList<PresenceCategories> Read(SipMessage message)
    {
        if (message.ContentType == "application/msrtc-event-categories+xml")
        {
            return [ReadCategories(message.Body)];
        }

        Assert.True(MultipartBody.TryRead(message, out var body, out var error), error.ToString());
        Assert.Contains("type=\"application/rlmi+xml\"", message.Headers[HeaderName.ContentType], StringComparison.Ordinal);
        Assert.Equal("application/rlmi+xml", body!.Root!.Type!.Name);
        return [.. body.Parts.Skip(1).Select(part => ReadCategories(part.Content))];
    }

    public static ResourceList ReadList(SipMessage message)
    {
        Assert.True(MultipartBody.TryRead(message, out var body, out _));
        Assert.True(ResourceList.TryRead(body!.Root!.Content, out var list, out var error), error.ToString());
        return list!;
    }

    /// <summary>The availability and the activity that a document shows, as <c>6500 in-a-meeting</c>; empty when it shows none.</summary>
    public static string Shown(PresenceCategories categories, uint? container = null)
    {
        var state = categories.Named("state").FirstOrDefault(category => category is { Instance: 1, Content: not null } && (container is null || category.Container == container))?.Content;
        return state is null ? "" : $"{state.ChildText("availability")} {state.Child("activity")?.Attribute("token")}".Trim();
    }

    /// <summary>The texts of the notes of a document.</summary>
    public static string NotesOf(PresenceCategories categories) =>
        string.Join('|', categories.Named("note").Select(category => category.Content?.ChildText("body") ?? ""));

    private static PresenceCategories ReadCategories(ReadOnlyMemory<byte> body)
    {
        Assert.True(PresenceCategories.TryRead(body, out var categories, out var error), error.ToString());
        return categories!;
    }

    private string NextCall(string kind) => $"{kind}-{epid}-{(++_calls).ToString(CultureInfo.InvariantCulture)}";
}
