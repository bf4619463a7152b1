namespace UcSdk;

/// <summary>A phone of the user.</summary>
/// <param name="Type">Which; one of the four kinds of phone.</param>
/// <param name="Uri">The number, <c>tel:</c>.</param>
/// <param name="DisplayName">The number as it was written.</param>
/// <param name="IsPublished">Whether others see it, those whose access level allows that.</param>
/// <param name="CanEdit">Whether the user has set it; one of the directory cannot be changed.</param>
public sealed record Phone(ContactEndpointType Type, string Uri, string DisplayName, bool IsPublished, bool CanEdit)
{
    /// <summary>The kind; never the number.</summary>
    public override string ToString() => $"{Type}{(IsPublished ? ", published" : "")}";
}
