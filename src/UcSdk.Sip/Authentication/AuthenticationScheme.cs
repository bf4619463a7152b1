namespace UcSdk.Sip;

/// <summary>The schemes by which users prove who they are.</summary>
public enum AuthenticationScheme
{
    /// <summary>Digest (RFC 7616, RFC 8760): any SIP client. Nothing is signed.</summary>
    Digest,

    /// <summary>NTLM in the form of SIP ([MS-SIPAE], [MS-NLMP]): clients of the Lync family. Every message is signed.</summary>
    Ntlm,

    /// <summary>Kerberos ([MS-SIPAE], RFC 4120), through the platform: clients of the Lync family in a domain. Every message is signed.</summary>
    Kerberos,
}
