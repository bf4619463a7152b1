namespace UcSdk.Sip;

/// <summary>A way to prove to a server who one is.</summary>
public enum SipAuthenticationScheme
{
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
