namespace UcSdk.TestKit;

/// <summary>What goes wrong with media between a client and its network.</summary>
internal sealed class MediaFaults
{
    /// <summary>Nothing that the client sends arrives.</summary>
    public bool IsMute { get; set; }

    /// <summary>Nothing that is sent to the client arrives.</summary>
    public bool IsDeaf { get; set; }
}
