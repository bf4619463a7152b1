namespace UcSdk.Sip;

/// <summary>What a slot cannot hold in one reference: text and typed value, or a text under a name that is not known.</summary>
internal sealed class HeaderValue(string text)
{
    public string Text { get; } = text;

    /// <summary>The name where the slot's number does not tell it.</summary>
    public HeaderName? Name { get; init; }

    /// <summary>The typed value, or <see cref="Unreadable"/>; null when nobody has asked.</summary>
    public object? View { get; set; }

    /// <summary>Stands for a typed value that could not be read, so that it is not tried again.</summary>
    public static object Unreadable { get; } = new();
}
