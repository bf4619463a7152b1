namespace UcSdk.Documents;

/// <summary>A member of a container ([MS-PRES] §2.2.2, element <c>member</c>).</summary>
/// <param name="Type">What it is, of <see cref="ContainerMemberTypes"/>.</param>
/// <param name="Value">The user (without scheme) or the domain; null for the other types.</param>
public sealed record ContainerMember(string Type, string? Value = null) : DocumentPart
{
    /// <summary>The type; never who, which is user data.</summary>
    public override string ToString() => $"member {Type}";

    internal static ContainerMember Read(DocumentElement element, DocumentScope scope) => new(scope.RequireAttribute(element, "type"), element.Attribute("value")?.Trim())
    {
        Extensions = element.Children,
        ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "type", "value", "action"),
    };

    internal DocumentElement Write(string ns, string? action = null) => new ElementBuilder(ns, "member")
        .Attribute("action", action)
        .Attribute("type", Type)
        .Attribute("value", Value)
        .Extensions(this)
        .Build();
}
