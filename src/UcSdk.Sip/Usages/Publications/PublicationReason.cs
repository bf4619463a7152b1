namespace UcSdk.Sip;

/// <summary>Why a publication changed its state.</summary>
public enum PublicationReason
{
    /// <summary>Our side began it.</summary>
    LocalPublish,

    /// <summary>The server wants a longer life (423); the request went again with it.</summary>
    IntervalTooBrief,

    /// <summary>The server keeps the state.</summary>
    Published,

    /// <summary>The server accepted a refresh or a change.</summary>
    Refreshed,

    /// <summary>The server has lost the state (412); all of it goes again.</summary>
    StateLost,

    /// <summary>The server refused.</summary>
    Refused,

    /// <summary>The server did not answer.</summary>
    TimedOut,

    /// <summary>It ran out without a successful refresh.</summary>
    Expired,

    /// <summary>Our side removes it.</summary>
    LocalRemove,

    /// <summary>The server has forgotten the state as asked.</summary>
    Removed,

    /// <summary>The flow that carried it was lost.</summary>
    FlowLost,
}
