namespace UcSdk;

/// <summary>The formats of an instant message; numbers are those of the Lync client's object model.</summary>
public enum InstantMessageContentType
{
    /// <summary>Plain text.</summary>
    PlainText = 0,

    /// <summary>HTML.</summary>
    Html = 1,

    /// <summary>Rich text (RTF).</summary>
    RichText = 2,

    /// <summary>A GIF image, as ink is shown: <c>base64:</c> and the image in base64.</summary>
    Gif = 3,

    /// <summary>Ink (Ink Serialized Format), in base64 as with <see cref="Gif"/>.</summary>
    Ink = 4,

    /// <summary>Anything else.</summary>
    Unknown = 5,
}
