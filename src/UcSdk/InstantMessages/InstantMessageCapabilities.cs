namespace UcSdk;

/// <summary>What the other side can show of an instant message, beside plain text; numbers are those of the Lync client's object model.</summary>
[Flags]
public enum InstantMessageCapabilities
{
    /// <summary>Plain text only.</summary>
    None = 0,

    /// <summary>Ink.</summary>
    CanRenderIsf = 1,

    /// <summary>GIF images.</summary>
    CanRenderGif = 2,

    /// <summary>RTF.</summary>
    CanRenderRtf = 4,

    /// <summary>Several formats in one message (multipart/alternative, RFC 2046 §5.1.4).</summary>
    SupportMime = 8,

    /// <summary>HTML.</summary>
    CanRenderHtml = 16,
}
