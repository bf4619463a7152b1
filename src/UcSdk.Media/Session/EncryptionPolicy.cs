namespace UcSdk.Media;

/// <summary>Whether media is encrypted; the provisioning value <c>ucPC2PCAVEncryption</c> has the same three.</summary>
public enum EncryptionPolicy
{
    /// <summary>SRTP or nothing (<c>RequireEncryption</c>). The default.</summary>
    Required,

    /// <summary>SRTP where the peer can, plain RTP where it cannot (<c>SupportEncryption</c>; [MS-SDPEXT] §3.1.5.1).</summary>
    Supported,

    /// <summary>Plain RTP only (<c>DoNotSupportEncryption</c>).</summary>
    Off,
}
