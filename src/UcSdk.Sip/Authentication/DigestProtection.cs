namespace UcSdk.Sip;

/// <summary>What a digest covers: the "quality of protection" of RFC 7616 §3.3.</summary>
public enum DigestProtection
{
    /// <summary>No <c>qop</c> at all, as in RFC 2069: nothing counts the requests, so nothing but the age of the nonce stops a replay.</summary>
    None,

    /// <summary><c>auth</c>: method, Request-URI and a count of requests.</summary>
    Authentication,

    /// <summary><c>auth-int</c>: the body too. Elements that change bodies on the way break it.</summary>
    Integrity,
}
