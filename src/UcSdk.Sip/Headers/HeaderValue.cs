namespace UcSdk.Sip;

/// <summary>What a slot cannot hold in one reference: text and typed value, a text under a name that is not known, or bytes that are not those of the message beside either.</summary>
/// <param name="text">The text; null where nobody has asked.</param>
/// <param name="bytes">The value as it would stand in a message, on one line; null where it was set to a text, or is a slice.</param>
internal sealed class HeaderValue(string? text, byte[]? bytes = null)
{
    /// <summary>Null where it was set to a text.</summary>
    public byte[]? Bytes => bytes;

    /// <summary>The text; null where it was set to bytes and nobody has asked.</summary>
    public string? KnownText => text;

    /// <summary>The name where the slot's number does not tell it.</summary>
    public HeaderName? Name { get; init; }

    /// <summary>The typed value, or <see cref="Unreadable"/>; null when nobody has asked.</summary>
    public object? View { get; set; }

    /// <summary>Stands for a typed value that could not be read, so that it is not tried again.</summary>
    public static object Unreadable { get; } = new();
}
