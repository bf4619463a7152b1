namespace UcSdk.Documents;

/// <summary>An activity in words of the user's own ([MS-PRES] §2.2.2.7, element <c>custom</c>).</summary>
/// <param name="Lcid">The language, a Windows locale identifier, e.g. 1033; null when not said.</param>
/// <param name="Text">The words.</param>
public sealed record CustomActivity(uint? Lcid, string Text)
{
    /// <summary>The language; never the words, which are user data.</summary>
    public override string ToString() => $"custom {Lcid}";
}
