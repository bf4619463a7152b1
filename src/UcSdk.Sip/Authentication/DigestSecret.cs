using System.Text;

namespace UcSdk.Sip;

/// <summary>What a server knows of a user: the password, or only its hash.</summary>
public sealed class DigestSecret
{
    private DigestSecret(SipPassword? password, byte[]? hash)
    {
        Password = password;
        Hash = hash;
    }

    internal SipPassword? Password { get; }

    internal byte[]? Hash { get; }

    /// <summary>The password itself: good for every algorithm.</summary>
    public static DigestSecret OfPassword(SipPassword password) => new(password, null);

    /// <summary>H(user:realm:password) as hexadecimal digits (RFC 7616 §3.4.2), for the algorithm that was asked for.</summary>
    /// <exception cref="FormatException">The text is not hexadecimal digits.</exception>
    public static DigestSecret OfHash(string digits) => new(null, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Convert.FromHexString(digits))));

    /// <summary>Never the secret.</summary>
    public override string ToString() => "[redacted]";
}
