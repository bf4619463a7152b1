namespace UcSdk;

/// <summary>Why a server that was remembered is looked for anew.</summary>
internal enum DiscoveryRenewal
{
    /// <summary>The user was moved away from it ([MS-SIPREGE] §3.2, <c>deactivated</c> or <c>preferred-registrar-change</c>).</summary>
    UserMoved,

    /// <summary>This computer is in another network now: inside and outside have different servers.</summary>
    NetworkChanged,
}
