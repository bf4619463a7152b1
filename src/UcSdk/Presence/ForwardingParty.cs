namespace UcSdk;

/// <summary>To whom calls go, or who rings too.</summary>
public enum ForwardingParty
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>A person or phone: <see cref="CallForwardingSettings.Target"/>.</summary>
    Target,

    /// <summary>The user's delegates.</summary>
    Delegates,

    /// <summary>The user's team.</summary>
    Team,

    /// <summary>The user's voice mail.</summary>
    VoiceMail,
}
