using System.Security.Cryptography;

namespace UcSdk.Media;

/// <summary>What both directions of SRTP are made from: the ciphers of the two protocols and the key identifier, if any.</summary>
internal sealed class SrtpKeys : IDisposable
{
    private const byte FirstRtpLabel = 0;
    private const byte FirstRtcpLabel = 3;

    public SrtpKeys(InlineKey key)
    {
        Span<byte> master = stackalloc byte[InlineKey.KeyAndSaltLength];
        key.CopyKeyAndSalt(master);
        Mki = new(key.Mki ?? 0, key.MkiLength);
        Rtp = new(master[..SrtpKeyDerivation.KeyLength], master[SrtpKeyDerivation.KeyLength..], FirstRtpLabel);
        Rtcp = new(master[..SrtpKeyDerivation.KeyLength], master[SrtpKeyDerivation.KeyLength..], FirstRtcpLabel);
        CryptographicOperations.ZeroMemory(master);
    }

    public SrtpMki Mki { get; }

    public SrtpCipher Rtp { get; }

    public SrtpCipher Rtcp { get; }

    /// <summary>Clears the keys.</summary>
    public void Dispose()
    {
        Rtp.Dispose();
        Rtcp.Dispose();
    }
}
