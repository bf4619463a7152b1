using System.Buffers;
using System.Buffers.Text;

namespace UcSdk.Sip;

/// <summary>
/// The text that is signed in place of a message ([MS-SIPAE] §3.2.5.2, [MS-SIP] §3.1.4.2): what says who tells whom what in which order, each item in angle brackets with
/// nothing between, copied as it stands in the message, in its case and with its escapes. What is missing is <c>&lt;&gt;</c>. It is bytes, not characters: nothing is decoded.
/// </summary>
internal static class SignatureText
{
    private const int MaxStatusDigits = 3;

    private static readonly SearchValues<byte> TagEnd = SearchValues.Create("; \t,"u8);

    /// <summary>Appends the text; nothing is allocated for a message whose headers are not folded.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="field">Scheme, salt, number, realm and target of the field that carries the signature.</param>
    /// <param name="message">The message, with all of its other headers.</param>
    /// <param name="version">2–4: from 3 on it has To's URI and the asserted identity.</param>
    public static void Write(PooledWriter writer, in SignatureField field, SipMessage message, int version)
    {
        var hasIdentity = version > AssociationTerms.FirstVersion;
        WriteItem(writer, field.Scheme);
        WriteItem(writer, field.Salt);
        WriteItem(writer, field.Number);
        WriteItem(writer, field.Realm);
        WriteItem(writer, field.Target);
        WriteValue(writer, message.Headers, HeaderName.CallId);
        WriteSequence(writer, message.Headers);
        WriteAddress(writer, message.Headers, HeaderName.From, withUri: true);
        WriteAddress(writer, message.Headers, HeaderName.To, withUri: hasIdentity);
        if (hasIdentity)
        {
            WriteIdentity(writer, message.Headers);
        }

        WriteValue(writer, message.Headers, HeaderName.Expires);
        if (message is SipResponse response)
        {
            writer.Write((byte)'<');
            _ = Utf8Formatter.TryFormat(response.StatusCode, writer.GetSpan(MaxStatusDigits), out var digits);
            writer.Advance(digits);
            writer.Write((byte)'>');
        }
    }

    private static void WriteItem(PooledWriter writer, ReadOnlySpan<byte> item)
    {
        writer.Write((byte)'<');
        writer.Write(item);
        writer.Write((byte)'>');
    }

    private static void WriteItem(PooledWriter writer, Range written)
    {
        writer.Write((byte)'<');
        writer.Repeat(written);
        writer.Write((byte)'>');
    }

    private static void WriteValue(PooledWriter writer, SipHeaders headers, HeaderName name)
    {
        writer.Write((byte)'<');
        headers.TryWriteValue(name, 0, writer);
        writer.Write((byte)'>');
    }

    private static void WriteSequence(PooledWriter writer, SipHeaders headers)
    {
        var start = writer.Length;
        headers.TryWriteValue(HeaderName.CSeq, 0, writer);
        var end = writer.Length;
        var blank = Scan.IndexOfAny(writer.Written[start..], (byte)' ', (byte)'\t');
        var number = blank < 0 ? end : start + blank;
        WriteItem(writer, start..number);
        WriteItem(writer, Scan.SkipBlanks(writer.Written, number, end)..end);
        writer.Remove(start..end);
    }

    private static void WriteAddress(PooledWriter writer, SipHeaders headers, HeaderName name, bool withUri)
    {
        var start = writer.Length;
        headers.TryWriteValue(name, 0, writer);
        var end = writer.Length;
        var uri = FindUri(writer.Written[start..], out var tail);
        var tag = FindTag(writer.Written[start..], tail);
        if (withUri)
        {
            WriteItem(writer, Shift(uri, start));
        }

        WriteItem(writer, Shift(tag, start));
        writer.Remove(start..end);
    }

    // The first sip and the first tel URI of P-Asserted-Identity; of P-Preferred-Identity where the other is absent.
    private static void WriteIdentity(PooledWriter writer, SipHeaders headers)
    {
        var name = headers.Contains(HeaderName.PAssertedIdentity) ? HeaderName.PAssertedIdentity : HeaderName.PPreferredIdentity;
        var (start, sip, tel) = (writer.Length, default(Range), default(Range));
        for (var occurrence = 0; headers.TryWriteValue(name, occurrence, writer); occurrence++)
        {
            writer.Write((byte)',');
        }

        var end = writer.Length;
        for (var at = start; at < end;)
        {
            var close = Math.Min(Scan.FindValueEnd(writer.Written, at), end);
            var value = FindUri(writer.Written[at..close], out _);
            var text = writer.Written[Shift(value, at)];
            if (IsScheme(text, "sip:"u8) && sip.Equals(default))
            {
                sip = Shift(value, at);
            }
            else if (IsScheme(text, "tel:"u8) && tel.Equals(default))
            {
                tel = Shift(value, at);
            }

            at = close + 1;
        }

        WriteItem(writer, sip);
        WriteItem(writer, tel);
        writer.Remove(start..end);
    }

    // Between the angle brackets; without them up to the first semicolon (RFC 3261 §20.10). Empty where there is no address.
    private static Range FindUri(ReadOnlySpan<byte> value, out int tail)
    {
        var start = Scan.SkipBlanks(value, 0, value.Length);
        if (!NameAddr.TryFindBracket(value, start, out var open, out tail))
        {
            tail = value.Length;
            return default;
        }

        if (open < 0)
        {
            var semicolon = Scan.IndexOf(value[start..tail], (byte)';');
            tail = semicolon < 0 ? tail : start + semicolon;
            return start..Scan.TrimEnd(value, start, tail);
        }

        var close = Scan.IndexOf(value[open..], (byte)'>');
        tail = close < 0 ? value.Length : open + close + 1;
        return close < 0 ? default : (open + 1)..(open + close);
    }

    // Behind ";tag=" up to the next semicolon, comma or blank; a quoted string is no place for it.
    private static Range FindTag(ReadOnlySpan<byte> value, int start)
    {
        var at = start;
        while (at < value.Length && Scan.IndexOfAny(value[at..], (byte)';', (byte)'"') is var found and >= 0)
        {
            at += found;
            if (value[at] == '"')
            {
                at = Scan.FindQuoteEnd(value, at) is var close and >= 0 ? close + 1 : value.Length;
                continue;
            }

            at = Scan.SkipBlanks(value, at + 1, value.Length);
            var rest = value[at..];
            var equals = Scan.IndexOfAny(rest, (byte)'=', (byte)';');
            if (equals > 0 && rest[equals] == '=' && Scan.EqualsIgnoreCase(rest[..Scan.TrimEnd(rest, 0, equals)], "tag"u8))
            {
                var first = Scan.SkipBlanks(value, at + equals + 1, value.Length);
                var length = Scan.IndexOfAny(value[first..], TagEnd);
                return first..(length < 0 ? value.Length : first + length);
            }
        }

        return default;
    }

    private static bool IsScheme(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> scheme) =>
        uri.Length > scheme.Length && Scan.EqualsIgnoreCase(uri[..scheme.Length], scheme);

    private static Range Shift(Range range, int by) => (range.Start.Value + by)..(range.End.Value + by);
}
