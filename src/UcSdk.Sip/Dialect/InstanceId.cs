using System.Security.Cryptography;
using System.Text;

namespace UcSdk.Sip;

/// <summary>The <c>+sip.instance</c> of a Contact and how Lync endpoints derive it from their epid ([MS-SIPRE], RFC 5626 §4.1).</summary>
internal static class InstanceId
{
    private const string Prefix = "urn:uuid:";

    private static readonly Guid Namespace = new("fcacfb03-8a73-46ef-91b1-e5ebeeaba4fe");

    /// <summary>
    /// The UUID of an epid: the first half of SHA-1 over namespace and epid, with version 5 and the RFC variant set. It is read and written
    /// in the little-endian layout of a GUID in memory, unlike RFC 9562.
    /// </summary>
    public static Guid FromEpid(string epid)
    {
        var input = new byte[16 + Encoding.ASCII.GetByteCount(epid)];
        Namespace.TryWriteBytes(input);
        Encoding.ASCII.GetBytes(epid, input.AsSpan(16));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        hash[7] = (byte)((hash[7] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16]);
    }

    /// <summary><c>&lt;urn:uuid:…&gt;</c> in lower case: clients look for their own text.</summary>
    public static string Format(Guid instance) => $"<{Prefix}{instance:D}>";

    /// <summary>Reads <c>&lt;urn:uuid:…&gt;</c>, in any case and with or without the angle brackets.</summary>
    public static bool TryParse(string? text, out Guid instance)
    {
        instance = default;
        var rest = text.AsSpan().Trim(SipGrammar.Blanks);
        if (rest.Length > 2 && rest[0] == '<' && rest[^1] == '>')
        {
            rest = rest[1..^1];
        }

        return rest.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Guid.TryParseExact(rest[Prefix.Length..], "D", out instance);
    }
}
