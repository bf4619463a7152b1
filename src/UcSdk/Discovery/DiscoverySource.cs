namespace UcSdk;

/// <summary>Where a server can be found, in the order in which the desktop clients look.</summary>
public enum DiscoverySource
{
    /// <summary>The server that <see cref="LyncClientOptions.Server"/> names; nothing else is asked then.</summary>
    Configured,

    /// <summary>The server that accepted the last sign-in of this client.</summary>
    Remembered,

    /// <summary>The Autodiscover service at <c>lyncdiscoverinternal.</c> and the user's domain ([MS-OCDISCWS]).</summary>
    AutodiscoverInternal,

    /// <summary>The Autodiscover service at <c>lyncdiscover.</c> and the user's domain.</summary>
    AutodiscoverExternal,

    /// <summary>The SRV records of <c>_sipinternaltls._tcp.</c>: TLS inside the company.</summary>
    ServiceInternalTls,

    /// <summary>The SRV records of <c>_sip._tls.</c>: TLS at the Access Edge.</summary>
    ServiceTls,

    /// <summary>The SRV records of <c>_sipinternal._tcp.</c>: TCP inside the company.</summary>
    ServiceInternalTcp,

    /// <summary>The SRV records of <c>_sip._tcp.</c>: TCP.</summary>
    ServiceTcp,

    /// <summary>The host <c>sipinternal.</c>, TLS at port 5061.</summary>
    HostInternal,

    /// <summary>The host <c>sip.</c>, TLS at port 5061, then 443.</summary>
    HostSip,

    /// <summary>The host <c>sipexternal.</c>, TLS at port 443, then 5061.</summary>
    HostExternal,

    /// <summary>The domain itself, TLS at port 5061.</summary>
    Domain,
}
