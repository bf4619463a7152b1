namespace UcSdk;

/// <summary>The ways in which people can talk in a conversation; numbers are those of the Lync client's object model.</summary>
[Flags]
public enum ModalityTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Instant messages.</summary>
    InstantMessage = 1,

    /// <summary>Audio and video.</summary>
    AudioVideo = 2,

    /// <summary>Application sharing.</summary>
    ApplicationSharing = 4,

    /// <summary>Content sharing.</summary>
    ContentSharing = 8,
}
