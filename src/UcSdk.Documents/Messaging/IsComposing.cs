using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Documents;

/// <summary>Whether somebody composes a message (<see cref="ContentTypes.IsComposing"/>; RFC 3994 §4, element <c>isComposing</c>): what plain SIP clients send.</summary>
/// <param name="State">What is said, <see cref="Active"/> or <see cref="Idle"/>; what is unknown counts as idle (RFC 3994 §3.2).</param>
public sealed record IsComposing(string State) : DocumentPart
{
    /// <summary>Somebody composes a message.</summary>
    public const string Active = "active";

    /// <summary>Nobody composes a message any more.</summary>
    public const string Idle = "idle";

    /// <summary>How long "active" holds when the document does not say: 120 s (RFC 3994 §3.3).</summary>
    public static readonly TimeSpan DefaultRefresh = TimeSpan.FromSeconds(120);

    internal const string RootName = "isComposing";
    private const string Rule = "RFC 3994 §4";

    /// <summary>When somebody last composed; null when not said.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>The media type of what is composed, e.g. <c>text/plain</c>; null when not said.</summary>
    public string? ContentType { get; init; }

    /// <summary>After how many seconds "active" no longer holds, unless it is said again; null when not said. Senders say 60 or more (RFC 3994 §3.3).</summary>
    public uint? Refresh { get; init; }

    /// <summary>Whether somebody composes.</summary>
    public bool IsActive => State.Equals(Active, StringComparison.OrdinalIgnoreCase);

    /// <summary>How long "active" holds.</summary>
    public TimeSpan Lifetime => Refresh is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultRefresh;

    /// <summary>Reads a document.</summary>
    /// <returns>False when the body is not an <c>isComposing</c> document that has a state.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out IsComposing? composing,
        out DocumentError error,
        DocumentLimits? limits = null) =>
        PresenceText.TryRead(body, limits, Rule, RootName, Read, out composing, out error);

    /// <summary>The document as UTF-8.</summary>
    public byte[] ToBytes() => new ElementBuilder(Namespaces.IsComposing, RootName)
        .Leaf("state", State)
        .Leaf("lastactive", PresenceText.Text(LastActive))
        .Leaf("contenttype", ContentType)
        .Leaf("refresh", Refresh)
        .Extensions(this)
        .Build()
        .ToBytes();

    /// <summary>The state.</summary>
    public override string ToString() => $"{RootName} {State}";

    private static IsComposing Read(DocumentElement root, DocumentScope scope)
    {
        var state = scope.RequireChild(root, "state").Text.Trim();
        if (state.Length == 0)
        {
            scope.Fail("isComposing/state", "active or idle");
        }

        var lastActive = DocumentScope.Moment(root.ChildText("lastactive"));
        var refresh = DocumentScope.Number(root.ChildText("refresh"));
        return new IsComposing(state)
        {
            LastActive = lastActive,
            ContentType = root.ChildText("contenttype"),
            Refresh = refresh,
            Extensions = ElementBuilder.Unknown(
                root, "state", "contenttype", PresenceText.If(lastActive is not null, "lastactive"), PresenceText.If(refresh is not null, "refresh")),
            ExtensionAttributes = root.Attributes,
        };
    }
}
