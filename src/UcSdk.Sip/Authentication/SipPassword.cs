using System.Security.Cryptography;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// A password that is never shown and can be wiped from memory: disposal clears it, and whoever still holds it has no credentials any more.
/// The string that it was made of cannot be cleared; read passwords as bytes where that matters.
/// </summary>
public sealed class SipPassword : IDisposable
{
    private byte[]? _bytes;

    /// <summary>Takes a password.</summary>
    /// <param name="text">Any text, encoded as UTF-8; empty is a password too.</param>
    public SipPassword(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    private SipPassword(byte[] bytes) => _bytes = bytes;

    /// <summary>True once it was disposed.</summary>
    public bool IsCleared => _bytes is null;

    /// <summary>The UTF-8 bytes; empty once it was disposed.</summary>
    internal ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Copies the UTF-8 bytes of a password; the caller clears its own.</summary>
    public static SipPassword FromUtf8(ReadOnlyMemory<byte> bytes) => new(bytes.ToArray());

    /// <summary>Clears it.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = null;
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => "[redacted]";
}
