namespace UcSdk.Sip;

/// <summary>What an AV pair says ([MS-NLMP] §2.2.2.1, MsvAv…). Others are kept as they come.</summary>
internal enum NtlmAvId : ushort
{
    /// <summary>Ends the list.</summary>
    End = 0,

    /// <summary>The server's NetBIOS name.</summary>
    ComputerName = 1,

    /// <summary>The NetBIOS name of its domain.</summary>
    DomainName = 2,

    /// <summary>The server's name in DNS.</summary>
    DnsComputerName = 3,

    /// <summary>Its domain's name in DNS.</summary>
    DnsDomainName = 4,

    /// <summary>The forest's name in DNS.</summary>
    DnsTreeName = 5,

    /// <summary>32 bits, of which 0x2 says that the message has a MIC.</summary>
    Flags = 6,

    /// <summary>The server's time: 100 ns since 1601, 64 bits.</summary>
    Timestamp = 7,

    /// <summary>SINGLE_HOST: data about the client's machine.</summary>
    SingleHost = 8,

    /// <summary>The service that the client believes to talk to.</summary>
    TargetName = 9,

    /// <summary>A hash of the TLS channel around the handshake.</summary>
    ChannelBindings = 10,
}
