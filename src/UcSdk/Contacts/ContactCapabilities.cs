namespace UcSdk;

/// <summary>What somebody can be reached by, over all endpoints; the numbers are those of the Lync SDK.</summary>
[Flags]
public enum ContactCapabilities
{
    /// <summary>Nothing, or nothing is known.</summary>
    None = 0,

    /// <summary>Presence is shown.</summary>
    ShowPresence = 1,

    /// <summary>Can write instant messages.</summary>
    CaptureInstantMessage = 2,

    /// <summary>Can read instant messages.</summary>
    RenderInstantMessage = 4,

    /// <summary>Can be heard.</summary>
    CaptureAudio = 8,

    /// <summary>Can hear.</summary>
    RenderAudio = 16,

    /// <summary>Can be seen.</summary>
    CaptureVideo = 32,

    /// <summary>Can see.</summary>
    RenderVideo = 64,

    /// <summary>Can share applications.</summary>
    CaptureAppShare = 128,

    /// <summary>Can look at shared applications.</summary>
    RenderAppShare = 256,
}
