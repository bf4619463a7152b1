namespace UcSdk.Documents;

/// <summary>A page of the contact ([MS-PRES] §7.3, element <c>url</c>).</summary>
/// <param name="Type">What is there, e.g. <c>personal</c>, <c>calendar</c>; null when not said.</param>
/// <param name="Url">Where it is.</param>
public sealed record ContactUrl(string? Type, string Url)
{
    /// <summary>The type; never the address.</summary>
    public override string ToString() => $"url {Type}";
}
