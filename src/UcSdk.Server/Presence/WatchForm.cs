namespace UcSdk.Server;

/// <summary>In which form a watcher is told.</summary>
internal enum WatchForm
{
    /// <summary>Several users by one subscription ([MS-PRES] §3.4): a list with categories.</summary>
    List,

    /// <summary>One user: categories.</summary>
    Categories,

    /// <summary>One user, for plain SIP clients (RFC 3856): PIDF.</summary>
    Pidf,
}
