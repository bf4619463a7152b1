namespace UcSdk.Sip;

/// <summary>
/// The bits of NEGOTIATE_FLAGS ([MS-NLMP] §2.2.2.5), each without its prefix NTLMSSP_NEGOTIATE_. Bits without a name stay as they come.
/// </summary>
[Flags]
internal enum NtlmFlags : uint
{
    None = 0,

    /// <summary>Names are UTF-16.</summary>
    Unicode = 0x00000001,

    /// <summary>Names may be in the code page of the machine.</summary>
    Oem = 0x00000002,

    /// <summary>The challenge is to name its target.</summary>
    RequestTarget = 0x00000004,

    /// <summary>Messages will be signed.</summary>
    Sign = 0x00000010,

    /// <summary>Messages may be encrypted.</summary>
    Seal = 0x00000020,

    /// <summary>Connectionless: the server begins, and every signature is made for itself.</summary>
    Datagram = 0x00000040,

    /// <summary>Keys of LAN Manager. Refused here, and never asked for.</summary>
    LmKey = 0x00000080,

    /// <summary>NTLM responses, of whatever version.</summary>
    Ntlm = 0x00000200,

    /// <summary>The client has no name (anonymous).</summary>
    Anonymous = 0x00000800,

    /// <summary>A NEGOTIATE message names its domain.</summary>
    OemDomainSupplied = 0x00001000,

    /// <summary>A NEGOTIATE message names its workstation.</summary>
    OemWorkstationSupplied = 0x00002000,

    /// <summary>There will be keys to sign with.</summary>
    AlwaysSign = 0x00008000,

    /// <summary>The target is a domain.</summary>
    TargetTypeDomain = 0x00010000,

    /// <summary>The target is a server.</summary>
    TargetTypeServer = 0x00020000,

    /// <summary>Keys for each direction, and signatures by HMAC (EXTENDED_SESSIONSECURITY).</summary>
    ExtendedSessionSecurity = 0x00080000,

    /// <summary>The server may know who the client is, and not act for it.</summary>
    Identify = 0x00100000,

    /// <summary>The challenge carries AV pairs.</summary>
    TargetInfo = 0x00800000,

    /// <summary>The field Version is meant.</summary>
    Version = 0x02000000,

    /// <summary>Sealing keys of 128 bits.</summary>
    Key128 = 0x20000000,

    /// <summary>The client chooses the session key and sends it encrypted (KEY_EXCH).</summary>
    KeyExchange = 0x40000000,

    /// <summary>Sealing keys of 56 bits.</summary>
    Key56 = 0x80000000,
}
