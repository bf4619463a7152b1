using System.Security.Cryptography;

namespace UcSdk.Sip;

/// <summary>
/// A hash that Digest may use (RFC 7616 §6.1, RFC 8760 §2.1). SHA-512-256 is not among them: the platform has no SHA-512/256, and a hash
/// of our own would be the least proven part of the scheme.
/// </summary>
public sealed class DigestAlgorithm
{
    /// <summary>MD5 (RFC 2617): broken as a hash, but what most SIP peers still speak.</summary>
    public static readonly DigestAlgorithm Md5 = new("MD5", HashAlgorithmName.MD5, 16, isSession: false);

    /// <summary>MD5-sess: the secret is bound to nonce and cnonce (RFC 7616 §3.4.2).</summary>
    public static readonly DigestAlgorithm Md5Session = new("MD5-sess", HashAlgorithmName.MD5, 16, isSession: true);

    /// <summary>SHA-256 (RFC 8760).</summary>
    public static readonly DigestAlgorithm Sha256 = new("SHA-256", HashAlgorithmName.SHA256, 32, isSession: false);

    /// <summary>SHA-256-sess: the secret is bound to nonce and cnonce (RFC 7616 §3.4.2).</summary>
    public static readonly DigestAlgorithm Sha256Session = new("SHA-256-sess", HashAlgorithmName.SHA256, 32, isSession: true);

    private static readonly DigestAlgorithm[] All = [Md5, Md5Session, Sha256, Sha256Session];

    private DigestAlgorithm(string name, HashAlgorithmName hash, int hashBytes, bool isSession)
    {
        Name = name;
        Hash = hash;
        HashBytes = hashBytes;
        IsSession = isSession;
    }

    /// <summary>As it stands in <c>algorithm</c>.</summary>
    public string Name { get; }

    /// <summary>True for the <c>-sess</c> forms.</summary>
    public bool IsSession { get; }

    internal HashAlgorithmName Hash { get; }

    internal int HashBytes { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The algorithm of that name; MD5 for an absent one (RFC 7616 §3.3); null for one that is not known here.</summary>
    internal static DigestAlgorithm? Find(string? name) =>
        name is null ? Md5 : Array.Find(All, known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
