using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>What a server knows of a user: the password, or only what it needs instead of it. A scheme for which it has nothing refuses the user.</summary>
public sealed class UserSecret
{
    /// <summary>The length of <see cref="NtHash"/> in bytes.</summary>
    public const int NtHashLength = 16;

    /// <summary>The password, good for every scheme; null where only hashes are kept. Whoever made it clears it.</summary>
    public SipPassword? Password { get; init; }

    /// <summary>For NTLM, MD4 of the password in UTF-16LE ([MS-NLMP] §3.3.1), 16 bytes; it is worth as much as the password. Empty for none.</summary>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public ReadOnlyMemory<byte> NtHash
    {
        get;
        init => field = value.Length is 0 or NtHashLength ? value : throw new ArgumentException($"An NT hash has {NtHashLength} bytes.", nameof(value));
    }

    /// <summary>For Digest, the hash for each algorithm, made for the domain as realm; empty for none.</summary>
    public IReadOnlyDictionary<DigestAlgorithm, DigestSecret> DigestHashes { get; init; } = new Dictionary<DigestAlgorithm, DigestSecret>();

    internal DigestSecret? ForDigest(DigestAlgorithm algorithm) =>
        DigestHashes.GetValueOrDefault(algorithm) ?? (Password is { } password ? DigestSecret.OfPassword(password) : null);

    /// <summary>Never the secret.</summary>
    public override string ToString() => "[redacted]";
}
