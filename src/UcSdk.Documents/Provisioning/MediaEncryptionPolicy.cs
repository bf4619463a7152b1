namespace UcSdk.Documents;

/// <summary>Whether media between clients is encrypted ([MS-SIPREGE] §2.2.2, element <c>ucPC2PCAVEncryption</c>).</summary>
public enum MediaEncryptionPolicy
{
    /// <summary>Media must be encrypted (<c>RequireEncryption</c>, and every word that is not one of the other two).</summary>
    Require,

    /// <summary>Media is encrypted where the peer can (<c>SupportEncryption</c>).</summary>
    Support,

    /// <summary>Media is not encrypted (<c>DoNotSupportEncryption</c>).</summary>
    DoNotSupport,
}
