namespace UcSdk.Documents;

/// <summary>
/// Allows or blocks somebody as clients of Live Communications Server 2005 do ([MS-SIP] §2.2.5); later ones change containers instead.
/// </summary>
/// <param name="DeltaNumber">The version of the access control list that the change is made against.</param>
/// <param name="Kind">Whom <paramref name="Mask"/> means: <c>USER</c>, <c>DOMAIN</c> or <c>ALL</c>.</param>
/// <param name="Mask">An address or a domain; empty for everybody.</param>
/// <param name="Rights">What they may: two letters, presence and calls, each <c>A</c> (allow), <c>B</c> (block), <c>D</c> (deny) or <c>P</c> (prompt).</param>
public sealed record SetAceCommand(uint DeltaNumber, string Kind, string Mask, string Rights) : ContactListCommand(DeltaNumber)
{
    internal const string ElementName = "setACE";

    /// <inheritdoc/>
    public override string Name => ElementName;

    internal static SetAceCommand Read(DocumentElement element, DocumentScope scope) => new(
        ReadDelta(element, scope),
        scope.RequireChild(element, "type").Text.Trim(),
        element.ChildText("mask") ?? "",
        scope.RequireChild(element, "rights").Text.Trim())
    {
        Extensions = ElementBuilder.Unknown(element, "type", "mask", "rights", "deltaNum"),
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element),
    };

    internal override IEnumerable<DocumentElement> Write() => Finish(Start().Leaf("type", Kind).Leaf("mask", Mask).Leaf("rights", Rights));
}
