using System.Security.Cryptography;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The To tags of answers that leave no state behind: the same request gets the same tag each time it comes (RFC 3261 §8.2.7), and its ACK is known
/// by it. Only this endpoint can compute them.
/// </summary>
internal sealed class StatelessTag(RandomSource random)
{
    private byte[]? _secret;

    public string Of(SipRequest request)
    {
        if (_secret is null)
        {
            _secret = new byte[16];
            random.Fill(_secret);
        }

        // An ACK has everything of its INVITE but the method of CSeq (§17.1.1.3).
        var sender = request.TopVia is { } via ? $"{via.Branch}|{via.SentBy}" : request.Headers[HeaderName.Via];
        var text = $"{request.CallId}|{request.CSeq?.Number}|{request.From?.Tag}|{sender}".ToUpperInvariant();
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..5]);
    }

    /// <summary>True for the ACK of an answer of ours that left no state.</summary>
    public bool IsOn(SipRequest ack) => _secret is not null && ack.To!.Tag == Of(ack);
}
