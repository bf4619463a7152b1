namespace UcSdk.Media;

/// <summary>An <c>a=crypto</c> line: <c>a=crypto:tag suite key-params [session-params]</c> (RFC 4568 §4, [MS-SDPEXT] §3.1.5.1).</summary>
/// <param name="Tag">The tag, 0…999999999; unique among the crypto and cryptoscale lines of the media.</param>
/// <param name="Suite">The crypto suite, e.g. <see cref="AesCm128HmacSha180"/>.</param>
/// <param name="Key">The first master key; further ones are not read.</param>
public sealed record CryptoAttribute(int Tag, string Suite, InlineKey Key)
{
    /// <summary>The one suite that Lync knows (RFC 4568 §6.2).</summary>
    public const string AesCm128HmacSha180 = "AES_CM_128_HMAC_SHA1_80";

    internal const int MaxTag = 999_999_999;

    /// <summary>Reads the value of the attribute.</summary>
    /// <param name="value">The text after the colon.</param>
    /// <param name="crypto">The result.</param>
    /// <returns>True when it is well-formed; a line with session parameters is not, because what it asks for is not known here (RFC 4568 §6.3).</returns>
    public static bool TryParse(string value, out CryptoAttribute crypto)
    {
        crypto = null!;
        var rest = value.AsSpan();
        if (!SdpText.TryTakeWord(ref rest, out var tagWord) || !SdpText.TryParseNumber(tagWord, MaxTag, out var tag)
            || !SdpText.TryTakeWord(ref rest, out var suite)
            || !SdpText.TryTakeWord(ref rest, out var keys) || !rest.Trim().IsEmpty
            || !InlineKey.TryParse(keys, out var key))
        {
            return false;
        }

        crypto = new((int)tag, suite.ToString(), key);
        return true;
    }

    /// <summary>The value of the attribute as it goes on the wire, key included.</summary>
    /// <returns>The text after the colon.</returns>
    public string ToText() => $"{SdpText.Number(Tag)} {Suite} {Key.ToText()}";

    /// <summary>The line for a log: the key is not shown.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"crypto:{SdpText.Number(Tag)} {Suite} {Key}";
}
