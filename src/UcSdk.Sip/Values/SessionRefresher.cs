namespace UcSdk.Sip;

/// <summary>Who refreshes a session (RFC 4028 §4), by the part in the request that said so.</summary>
public enum SessionRefresher
{
    /// <summary>The one who sent the request.</summary>
    Uac,

    /// <summary>The one who answered it.</summary>
    Uas,
}
