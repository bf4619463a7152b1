namespace UcSdk.Media;

/// <summary>
/// An <c>a=cryptoscale</c> line: <c>a=cryptoscale:tag client|server suite key-params</c> ([MS-SDPEXT] §3.1.5.2). Lync clients offer one to
/// conferences; it stands for Scale-SRTP ([MS-SSRTP]), which an answerer may leave aside.
/// </summary>
/// <param name="Tag">The tag, unique among the crypto and cryptoscale lines of the media.</param>
/// <param name="Role"><c>client</c> in an offer, <c>server</c> in the answer of a conference.</param>
/// <param name="Suite">The crypto suite.</param>
/// <param name="Key">The master key.</param>
public sealed record CryptoScaleAttribute(int Tag, string Role, string Suite, InlineKey Key)
{
    /// <summary>Reads the value of the attribute.</summary>
    /// <param name="value">The text after the colon.</param>
    /// <param name="cryptoScale">The result.</param>
    /// <returns>True when it is well-formed.</returns>
    public static bool TryParse(string value, out CryptoScaleAttribute cryptoScale)
    {
        cryptoScale = null!;
        var rest = value.AsSpan();
        if (!SdpText.TryTakeWord(ref rest, out var tagWord) || !SdpText.TryParseNumber(tagWord, CryptoAttribute.MaxTag, out var tag)
            || !SdpText.TryTakeWord(ref rest, out var role) || !(role.SequenceEqual("client") || role.SequenceEqual("server"))
            || !SdpText.TryTakeWord(ref rest, out var suite)
            || !SdpText.TryTakeWord(ref rest, out var keys) || !rest.Trim().IsEmpty
            || !InlineKey.TryParse(keys, out var key))
        {
            return false;
        }

        cryptoScale = new((int)tag, role.ToString(), suite.ToString(), key);
        return true;
    }

    /// <summary>The value of the attribute as it goes on the wire, key included.</summary>
    /// <returns>The text after the colon.</returns>
    public string ToText() => $"{SdpText.Number(Tag)} {Role} {Suite} {Key.ToText()}";

    /// <summary>The line for a log: the key is not shown.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"cryptoscale:{SdpText.Number(Tag)} {Role} {Suite} {Key}";
}
