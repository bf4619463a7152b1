namespace UcSdk.Sip;

/// <summary>Which end of a security association this is ([MS-SIPAE] §§3.2, 3.3); it decides which header fields are written and which are verified.</summary>
internal enum AssociationRole
{
    /// <summary>The user's: Authorization out, Authentication-Info in; on requests and responses alike.</summary>
    Client,

    /// <summary>The server's: Authentication-Info out, Authorization in.</summary>
    Server,
}
