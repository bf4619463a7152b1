using System.Buffers.Text;

namespace UcSdk.Sip;

/// <summary>
/// The globally routable URI that a Lync registrar gives to an endpoint: <c>sip:user@domain;opaque=user:epid:TOKEN;gruu</c>, where the
/// token is the instance UUID, little-endian, followed by two zero bytes, in base64url ([MS-SIPRE]).
/// </summary>
internal static class Gruu
{
    private const string OpaquePrefix = "user:epid:";
    private const int TokenBytes = 18;

    /// <summary>The GRUU of an endpoint.</summary>
    /// <param name="addressOfRecord">The user's address.</param>
    /// <param name="instance">The endpoint's instance (<see cref="InstanceId"/>).</param>
    public static SipUri Create(SipUri addressOfRecord, Guid instance) =>
        addressOfRecord.AddressOfRecord.WithParameter("opaque", OpaquePrefix + ToToken(instance)).WithParameter("gruu");

    /// <summary>Reads the GRUU of an endpoint; false for other URIs, also for GRUUs of services (<c>opaque=app:…</c>, <c>srvr:…</c>).</summary>
    public static bool TryParse(SipUri uri, out Guid instance)
    {
        instance = default;
        return uri.IsGruu
            && uri.Parameters["opaque"] is { } opaque
            && opaque.StartsWith(OpaquePrefix, StringComparison.OrdinalIgnoreCase)
            && TryParseToken(opaque.AsSpan(OpaquePrefix.Length), out instance);
    }

    public static string ToToken(Guid instance)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        instance.TryWriteBytes(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParseToken(ReadOnlySpan<char> token, out Guid instance)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        instance = default;
        if (token.Length != TokenBytes / 3 * 4
            || !Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var length)
            || length != TokenBytes
            || bytes[16] != 0
            || bytes[17] != 0)
        {
            return false;
        }

        instance = new Guid(bytes[..16]);
        return true;
    }
}
