namespace UcSdk.Sip;

/// <summary>What a slot cannot hold in one reference: text and typed value, a text under a name that is not known, or bytes that are not those of the message.</summary>
internal sealed class HeaderValue
{
    private string? _text;

    public HeaderValue(string text) => _text = text;

    /// <summary>A value as it would stand in a message, on one line.</summary>
    public HeaderValue(byte[] bytes) => Bytes = bytes;

    /// <summary>Null where it was set to a text.</summary>
    public byte[]? Bytes { get; }

    public string Text => _text ??= WireText.Read(Bytes);

    /// <summary>The name where the slot's number does not tell it.</summary>
    public HeaderName? Name { get; init; }

    /// <summary>The typed value, or <see cref="Unreadable"/>; null when nobody has asked.</summary>
    public object? View { get; set; }

    /// <summary>Stands for a typed value that could not be read, so that it is not tried again.</summary>
    public static object Unreadable { get; } = new();
}
