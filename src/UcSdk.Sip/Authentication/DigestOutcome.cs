namespace UcSdk.Sip;

/// <summary>What a server found in a request's credentials.</summary>
internal enum DigestOutcome
{
    /// <summary>None for its realm in a form that it takes.</summary>
    Missing,

    /// <summary>Unknown user or wrong password: nobody is told which.</summary>
    Refused,

    /// <summary>Right, but the nonce is old, foreign or used before.</summary>
    Stale,

    /// <summary>They are for another Request-URI, or stand there twice.</summary>
    Malformed,

    /// <summary>Right.</summary>
    Accepted,
}
