namespace UcSdk.Documents;

/// <summary>
/// Where calls to the user go: the content of the category routing ([MS-SIPRE] §3.9, element <c>routing</c>). The server acts on it;
/// watchers do not see it. In <see cref="PresenceContainerIds.Settings"/> it is the general rule, in other containers that for their members.
/// </summary>
public sealed record CallRouting : DocumentPart
{
    /// <summary>The name of the rules; servers know one.</summary>
    public string Name { get; init; } = "rtcdefault";

    /// <summary>The version of the rules; null when not said.</summary>
    public uint? Version { get; init; } = 1;

    /// <summary>The oldest client that can change them; null when not said.</summary>
    public string? MinSupportedClientVersion { get; init; } = "2.0.0.0";

    /// <summary>What is done, of <see cref="RoutingFlags"/>, in order.</summary>
    public ValueList<string> Flags { get; init; } = [];

    /// <summary>How long who rings.</summary>
    public ValueList<RoutingWait> Waits { get; init; } = [];

    /// <summary>The targets.</summary>
    public ValueList<RoutingList> Lists { get; init; } = [];

    /// <summary>What the element <c>preamble</c> holds that this type does not know, flags of other names among it.</summary>
    public ValueList<DocumentElement> PreambleExtensions { get; init; } = [];

    /// <summary>Whether the flag is set.</summary>
    public bool Has(string flag) => Flags.Contains(flag);

    /// <summary>How many seconds somebody rings, of <see cref="RoutingWaits"/>; null when not said.</summary>
    public uint? Wait(string name)
    {
        foreach (var wait in Waits)
        {
            if (wait.Name == name)
            {
                return wait.Seconds;
            }
        }

        return null;
    }

    /// <summary>The targets of a list, of <see cref="RoutingLists"/>; none when there is no such list.</summary>
    public ValueList<RoutingTarget> Targets(string name) => Lists.FirstOrDefault(list => list.Name == name)?.Targets ?? [];

    /// <summary>The same rules with the flag set or not.</summary>
    public CallRouting WithFlag(string flag, bool set) => Has(flag) == set
        ? this
        : this with { Flags = set ? ValueList.From(Flags.Append(flag)) : ValueList.From(Flags.Where(other => other != flag)) };

    /// <summary>The same rules with another time of ringing; null for none.</summary>
    public CallRouting WithWait(string name, uint? seconds) => this with
    {
        Waits = Replace(Waits, wait => wait.Name == name, seconds is { } value ? [new RoutingWait(name, value)] : []),
    };

    /// <summary>The same rules with other targets in a list; an empty list is left out.</summary>
    public CallRouting WithTargets(string name, params IEnumerable<RoutingTarget> targets)
    {
        var list = ValueList.From(targets);
        var old = Lists.FirstOrDefault(one => one.Name == name) ?? new RoutingList(name);
        return this with { Lists = Replace(Lists, one => one.Name == name, list.Count == 0 ? [] : [old with { Targets = list }]) };
    }

    /// <summary>Reads the content of a category.</summary>
    /// <returns>The rules; null when the content is none or is something else.</returns>
    public static CallRouting? Of(DocumentElement? content)
    {
        if (content?.Name != "routing")
        {
            return null;
        }

        var preamble = content.Child("preamble");
        var flags = preamble?.Children.FirstOrDefault(IsClientFlags);
        return new CallRouting
        {
            Name = content.Attribute("name") ?? "rtcdefault",
            Version = DocumentScope.Number(content.Attribute("version")),
            MinSupportedClientVersion = content.Attribute("minSupportedClientVersion"),
            Flags = ValueList.From((flags?.Attribute("value") ?? "").Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            Waits = preamble is null ? [] : ValueList.From(preamble.Children.Where(IsWait).Select(wait => new RoutingWait(wait.Attribute("name")!, DocumentScope.Number(wait.Attribute("seconds"))!.Value))),
            Lists = preamble is null ? [] : ValueList.From(preamble.ChildrenNamed("list").Select(RoutingList.Read)),
            PreambleExtensions = preamble is null ? [] : ValueList.From(preamble.Children.Where(child => !ReferenceEquals(child, flags) && !IsWait(child) && child.Name != "list")),
            Extensions = ElementBuilder.Unknown(content, "preamble"),
            ExtensionAttributes = ElementBuilder.UnknownAttributes(content, "name", "version", "minSupportedClientVersion"),
        };
    }

    /// <summary>The rules as the content of a category.</summary>
    public DocumentElement ToElement() => new ElementBuilder(Namespaces.Routing, "routing")
        .Attribute("name", Name)
        .Attribute("version", ElementBuilder.Text(Version))
        .Attribute("minSupportedClientVersion", MinSupportedClientVersion)
        .Child(new ElementBuilder(Namespaces.Routing, "preamble")
            .Child(new ElementBuilder(Namespaces.Routing, "flags").Attribute("name", "clientflags").Attribute("value", string.Join(' ', Flags)).Build())
            .Children(Waits.Select(wait => new ElementBuilder(Namespaces.Routing, "wait").Attribute("name", wait.Name).Attribute("seconds", ElementBuilder.Text(wait.Seconds)).Build()))
            .Children(Lists.Select(list => list.Write()))
            .Children(PreambleExtensions)
            .Build())
        .Extensions(this)
        .Build();

    /// <summary>The flags; never the targets.</summary>
    public override string ToString() => $"routing {string.Join(' ', Flags)}";

    private static bool IsClientFlags(DocumentElement element) => element.Name == "flags" && (element.Attribute("name") is null or "clientflags");

    private static bool IsWait(DocumentElement element) =>
        element.Name == "wait" && element.Attribute("name") is not null && DocumentScope.Number(element.Attribute("seconds")) is not null;

    // In its old place, so that what did not change is written as it was.
    private static ValueList<T> Replace<T>(ValueList<T> items, Func<T, bool> isOld, ReadOnlySpan<T> replacement)
    {
        var result = new List<T>(items.Where(item => !isOld(item)));
        var at = items.TakeWhile(item => !isOld(item)).Count();
        result.InsertRange(at, replacement);
        return ValueList.From(result);
    }
}
