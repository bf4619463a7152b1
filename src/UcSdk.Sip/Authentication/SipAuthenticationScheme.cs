namespace UcSdk.Sip;

/// <summary>A way to prove to a server who one is.</summary>
public enum SipAuthenticationScheme
{
    /// <summary>
    /// Kerberos through the platform, and a signature on every message afterwards ([MS-SIPAE], RFC 4121). Nothing of the password is shown to the server, and whoever records a
    /// handshake has nothing to guess at but the ticket's key. It needs a KDC that can be reached, or its tickets.
    /// </summary>
    Kerberos,

    /// <summary>
    /// NTLMv2 in its connectionless form, and a signature on every message afterwards ([MS-SIPAE], [MS-NLMP]). Nobody on the way can change or invent messages; who
    /// records a handshake can guess at the password.
    /// </summary>
    Ntlm,

    /// <summary>
    /// Digest with MD5 or SHA-256 (RFC 3261 §22, RFC 7616, RFC 8760). Who records one request can guess at the password, and messages are not signed: what is not
    /// sent over TLS can be changed on the way.
    /// </summary>
    Digest,
}
