using System.Globalization;
using System.Xml.Linq;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>
/// What a server does with the presence of one user, by the rules of [MS-PRES] §3.2 and made of texts: versions count up, a wrong one is refused with the right one, and an
/// answer has all instances of the names that were published. Nothing here is our readers or writers.
/// </summary>
internal sealed class RoamingSelfScript
{
    private const string Event = "Event: vnd-microsoft-roaming-self\r\nContent-Type: application/vnd-microsoft-roaming-self+xml\r\n";
    private readonly ScriptedServer _server;

    public RoamingSelfScript(ScriptedServer server)
    {
        _server = server;
        server.Answers["REGISTER"] = request => server.Reply(
            request, 200, Texts.Registered(request).Replace("Allow-Events: ", "Allow-Events: vnd-microsoft-roaming-self,", StringComparison.Ordinal));
        server.Answers["SUBSCRIBE vnd-microsoft-roaming-self"] = request => request.Headers[HeaderName.Expires] == "0"
            ? server.Reply(request, 200, "Expires: 0\r\nSubscription-State: terminated;expires=0\r\n\r\n")
            : server.Reply(request, 200, $"{Event}subscription-state: active;expires=28800\r\nExpires: 28800\r\nms-piggyback-cseq: 1\r\n\r\n{Document(Categories(null) + ContainerList() + Subscribers)}");
        server.Answers["SERVICE publish"] = Publish;
        server.Answers["SERVICE setContainerMembers"] = SetContainers;
    }

    /// <summary>The publications by name, instance and container.</summary>
    public Dictionary<(string Name, uint Instance, uint Container), (int Version, string Content)> Kept { get; } = [];

    /// <summary>The containers with their versions and members, e.g. <c>user bob@contoso.com</c>.</summary>
    public Dictionary<uint, (int Version, List<string> Members)> Containers { get; } = new()
    {
        [100] = (1, ["federated "]),
        [200] = (1, ["sameEnterprise "]),
    };

    /// <summary>The element <c>subscribers</c>; empty for none.</summary>
    public string Subscribers { get; set; } = "";

    /// <summary>Called with each publication before it is looked at.</summary>
    public Action? BeforePublish { get; set; }

    /// <summary>What was published, one line for each publication: <c>state 20000000 in 2 v0 static: …</c>, or <c>… gone</c>.</summary>
    public List<string> Log { get; } = [];

    /// <summary>What another endpoint of the user publishes.</summary>
    public void Keep(string name, uint instance, uint container, string content) =>
        Kept[(name, instance, container)] = (Kept.TryGetValue((name, instance, container), out var old) ? old.Version + 1 : 1, content);

    /// <summary>Tells the client all instances of the names.</summary>
    public Task NotifyAsync(params string[] names) => NotifyTextAsync(Categories(names));

    /// <summary>Tells the client of the containers.</summary>
    public Task NotifyContainersAsync() => NotifyTextAsync(ContainerList());

    public Task NotifyTextAsync(string content) => _server.SendInDialogAsync(
        "vnd-microsoft-roaming-self", "BENOTIFY", $"{Event}subscription-state: active;expires=28000\r\n\r\n{Document(content)}");

    public static string State(string type, uint availability, string more = "") =>
        $"<state xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"{type}\">"
        + $"<availability>{availability}</availability>{more}</state>";

    private static string Document(string content) => $"<roamingData xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-self\">{content}</roamingData>";

    private string Categories(string[]? names) =>
        "<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\" uri=\"sip:alice@contoso.com\">"
        + string.Concat(Kept.Where(kept => names is null || names.Contains(kept.Key.Name)).Select(kept =>
            $"<category name=\"{kept.Key.Name}\" instance=\"{kept.Key.Instance}\" publishTime=\"2026-01-01T10:00:00.123\" container=\"{kept.Key.Container}\" "
            + $"version=\"{kept.Value.Version}\" expireType=\"static\">{kept.Value.Content}</category>"))
        + string.Concat((names ?? []).Where(name => Kept.Keys.All(key => key.Name != name)).Select(name => $"<category name=\"{name}\"/>"))
        + "</categories>";

    private string ContainerList() => "<containers xmlns=\"http://schemas.microsoft.com/2006/09/sip/containers\">"
        + string.Concat(Containers.Select(container => $"<container id=\"{container.Key}\" version=\"{container.Value.Version}\">"
            + string.Concat(container.Value.Members.Select(member => member.Split(' ') is [var type, var value] && value.Length > 0
                ? $"<member type=\"{type}\" value=\"{value}\"/>"
                : $"<member type=\"{member.Trim()}\"/>"))
            + "</container>"))
        + "</containers>";

    private Task<SipResponse?> Publish(SipRequest request)
    {
        BeforePublish?.Invoke();
        var publications = XDocument.Parse(request.BodyText).Descendants().Where(element => element.Name.LocalName == "publication").ToList();
        var wrong = new List<string>();
        for (var index = 0; index < publications.Count; index++)
        {
            var (key, version) = Read(publications[index]);
            var current = Kept.TryGetValue(key, out var kept) ? kept.Version : 0;
            if (current != version)
            {
                wrong.Add($"<operation index=\"{index + 1}\" version=\"{version}\" curVersion=\"{current}\"/>");
            }
        }

        if (wrong.Count > 0)
        {
            Log.Add("conflict");
            return Conflict(request, wrong);
        }

        foreach (var publication in publications)
        {
            var (key, version) = Read(publication);
            var content = Plain(publication.Elements().FirstOrDefault());
            var gone = (string?)publication.Attribute("expires") == "0";
            Log.Add($"{key.Name} {key.Instance:x} in {key.Container} v{version} {(gone ? "gone" : (string?)publication.Attribute("expireType"))}");
            if (gone)
            {
                Kept.Remove(key);
            }
            else
            {
                Kept[key] = (version + 1, content);
            }
        }

        var names = publications.Select(publication => Read(publication).Key.Name).Distinct().ToArray();
        return _server.Reply(request, 200, $"Content-Type: application/vnd-microsoft-roaming-self+xml\r\n\r\n{Document(Categories(names))}");
    }

    private Task<SipResponse?> SetContainers(SipRequest request)
    {
        BeforePublish?.Invoke();
        var changes = XDocument.Parse(request.BodyText).Root!.Elements().ToList();
        var wrong = changes
            .Select((change, index) => (Index: index + 1, Said: (int)change.Attribute("version")!, Current: Containers.TryGetValue((uint)change.Attribute("id")!, out var kept) ? kept.Version : 0))
            .Where(one => one.Said != one.Current)
            .Select(one => $"<operation index=\"{one.Index}\" version=\"{one.Said}\" curVersion=\"{one.Current}\"/>")
            .ToList();
        if (wrong.Count > 0)
        {
            Log.Add("conflict");
            return Conflict(request, wrong);
        }

        foreach (var change in changes)
        {
            var id = (uint)change.Attribute("id")!;
            var members = Containers.TryGetValue(id, out var kept) ? kept.Members : [];
            foreach (var member in change.Elements())
            {
                var text = $"{(string?)member.Attribute("type")} {(string?)member.Attribute("value")}";
                Log.Add($"{(string?)member.Attribute("action")} {text.Trim()} in {id}");
                if ((string?)member.Attribute("action") == "add")
                {
                    members.Add(text);
                }
                else
                {
                    members.Remove(text);
                }
            }

            Containers[id] = (kept.Version + 1, members);
        }

        return _server.Reply(request, 200);
    }

    private Task<SipResponse?> Conflict(SipRequest request, List<string> operations) => _server.Reply(
        request,
        409,
        "Content-Type: application/msrtc-fault+xml\r\n\r\n<fault xmlns=\"http://schemas.microsoft.com/2006/09/sip/rich-presence\"><Faultcode>Client.BadCall.WrongDelta</Faultcode>"
        + $"<details>{string.Concat(operations)}</details></fault>");

    // Which prefix a namespace has is nobody's business.
    private static string Plain(XElement? published)
    {
        var content = published is null ? null : new XElement(published);
        content?.Attributes().Where(attribute => attribute.IsNamespaceDeclaration && attribute.Value == content.Name.NamespaceName).Remove();
        return content?.ToString(SaveOptions.DisableFormatting).Replace(" />", "/>", StringComparison.Ordinal) ?? "";
    }

    private static ((string Name, uint Instance, uint Container) Key, int Version) Read(XElement publication) => (
        ((string)publication.Attribute("categoryName")!, (uint)publication.Attribute("instance")!, (uint)publication.Attribute("container")!),
        int.Parse((string)publication.Attribute("version")!, CultureInfo.InvariantCulture));
}
