using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>
/// A value of From, To, Contact, Route, Record-Route and their kin: display name, URI, header parameters (RFC 3261 §20.10, §25.1). Immutable; of a
/// received message it stays bytes until a part is asked for.
/// </summary>
public sealed class NameAddr : IWireValue<NameAddr>
{
    private static readonly SearchValues<byte> Delimiters = SearchValues.Create("\"<>,"u8);

    private readonly byte[] _bytes = [];
    private readonly int _start;
    private readonly int _uriStart;
    private readonly int _uriEnd;
    private readonly int _end;
    private string? _displayName;
    private SipUri? _uri;
    private SipParameters? _parameters;

    /// <summary>Builds a value.</summary>
    public NameAddr(SipUri uri, string? displayName = null, SipParameters? parameters = null)
    {
        _uri = uri;
        _displayName = displayName ?? "";
        _parameters = parameters ?? SipParameters.Empty;
    }

    private NameAddr(WireSlice slice, int uriStart, int uriEnd)
    {
        (_bytes, _start, _end) = (slice.Bytes, slice.Start, slice.End);
        (_uriStart, _uriEnd) = (uriStart, uriEnd);
    }

    /// <summary>What follows the value in the field that it was read from.</summary>
    internal WireSlice Following(int fieldEnd) => new(_bytes, _end, fieldEnd < 0 ? _bytes.Length : fieldEnd);

    /// <summary>The display name without quotes; empty when absent.</summary>
    public string DisplayName => _displayName ??= ReadDisplayName();

    /// <summary>The address.</summary>
    public SipUri Uri => _uri ??= SipUri.OfReadable(new(_bytes, _uriStart, _uriEnd));

    /// <summary>The parameters behind the angle brackets: tag, epid, expires, +sip.instance …</summary>
    public SipParameters Parameters => _parameters ??= SipParameters.Of(ParameterSlice, inList: true);

    /// <summary>The tag of From and To; null when absent.</summary>
    public string? Tag => Find("tag");

    /// <summary>The tag for a look-up: put into the caller's room where it can be, so that nothing is allocated; empty when absent.</summary>
    internal ReadOnlySpan<char> TagIn(Span<char> room) => FindIn("tag", room);

    /// <summary><see cref="Epid"/> likewise.</summary>
    internal ReadOnlySpan<char> EpidIn(Span<char> room) => FindIn("epid", room);

    /// <summary>True when there is a tag, which it does not make.</summary>
    internal bool HasTag => _parameters is { } parameters ? parameters.HasValue("tag") : SipParameters.HasValue(ParameterSlice, "tag");

    /// <summary>The endpoint identifier that Lync peers put beside the tag ([MS-SIPRE] §2.2); null when absent.</summary>
    public string? Epid => Find("epid");

    /// <summary>This value with one parameter set.</summary>
    public NameAddr WithParameter(string name, string? value = null) => new(Uri, DisplayName, Parameters.With(name, value));

    /// <summary>This value without one parameter.</summary>
    public NameAddr WithoutParameter(string name) => new(Uri, DisplayName, Parameters.Without(name));

    /// <summary>Reads one value; a comma list is not one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NameAddr? value)
    {
        value = null;
        return text is not null && WireText.Encode(text) is var slice && TryRead(slice, out value, out var next) && next == slice.End;
    }

    /// <summary>The value as it stands in a header; the URI always in angle brackets.</summary>
    public override string ToString() => DisplayName.Length > 0
        ? $"{SipGrammar.Quote(DisplayName)} <{Uri.Text}>{Parameters}"
        : string.Concat("<", Uri.Text, ">", Parameters.ToString());

    static bool IWireValue<NameAddr>.TryRead(WireSlice field, [NotNullWhen(true)] out NameAddr? value) => TryRead(field, out value, out _);

    /// <summary>Reads the first value of a comma list.</summary>
    /// <param name="field">Without line ends.</param>
    /// <param name="value">The value.</param>
    /// <param name="next">Where it ends: at a comma or the end of the field.</param>
    internal static bool TryRead(WireSlice field, [NotNullWhen(true)] out NameAddr? value, out int next)
    {
        value = null;
        var bytes = field.Upto;
        var start = Scan.SkipBlanks(bytes, field.Start, field.End);
        if (!TryFindBracket(bytes, start, out var open, out next))
        {
            return false;
        }

        int uriStart, uriEnd, tail;
        if (open < 0)
        {
            // RFC 3261 §20.10: without angle brackets, what follows the first semicolon belongs to the header, not to the URI.
            var cut = Scan.IndexOfAny(bytes[start..next], (byte)';', (byte)'?');
            tail = cut < 0 ? next : start + cut;
            uriStart = start;
            uriEnd = Scan.TrimEnd(bytes, start, tail);
            if (tail < next && bytes[tail] == '?')
            {
                return false;
            }
        }
        else
        {
            var close = Scan.IndexOf(bytes[open..], (byte)'>');
            if (close < 0)
            {
                return false;
            }

            uriStart = Scan.SkipBlanks(bytes, open + 1, open + close);
            uriEnd = Scan.TrimEnd(bytes, uriStart, open + close);
            tail = Scan.SkipBlanks(bytes, open + close + 1, field.End);
        }

        next = tail;
        if ((tail < field.End && bytes[tail] is not ((byte)';' or (byte)',')) || !UriScanner.TryRead(bytes[uriStart..uriEnd], out _, out _)
            || (tail < field.End && !SipParameters.TryMeasure(bytes, tail, inList: true, out next)))
        {
            return false;
        }

        value = new(field with { Start = start, End = next }, uriStart, uriEnd);
        return true;
    }

    // Finds the '<'; without one, the end of the value. A display name may be a quoted string, and a comma ends the value outside of it.
    internal static bool TryFindBracket(ReadOnlySpan<byte> bytes, int start, out int open, out int next)
    {
        open = -1;
        next = bytes.Length;
        var isQuoted = start < bytes.Length && bytes[start] == '"';
        var at = start;
        var seenClose = false;
        while (at < bytes.Length && Scan.IndexOfAny(bytes[at..], Delimiters) is var found and >= 0)
        {
            at += found;
            switch (bytes[at])
            {
                case (byte)'<':
                    open = at;
                    return !seenClose;
                case (byte)',':
                    next = at;
                    return !isQuoted;
                case (byte)'>':
                    seenClose = true;
                    break;
                default:
                    var end = Scan.FindQuoteEnd(bytes, at);
                    if (end < 0)
                    {
                        return !isQuoted;
                    }

                    if (isQuoted)
                    {
                        // Nothing but blanks stands between a quoted name and the bracket.
                        open = Scan.SkipBlanks(bytes, end + 1, bytes.Length);
                        return open < bytes.Length && bytes[open] == '<';
                    }

                    at = end;
                    break;
            }

            at++;
        }

        return !isQuoted;
    }

    private WireSlice ParameterSlice
    {
        get
        {
            var at = Scan.SkipBlanks(_bytes, _uriEnd, _end);
            return new(_bytes, at < _end && _bytes[at] == '>' ? at + 1 : at, _end);
        }
    }

    private string? Find(string name) => _parameters is { } parameters ? parameters[name] : SipParameters.Find(ParameterSlice, name);

    private ReadOnlySpan<char> FindIn(string name, Span<char> room) =>
        _bytes.Length > 0 && SipParameters.TryFindPlain(ParameterSlice, name, out var value) && WireText.TryWiden(value, room, out var text) ? text : Find(name);

    private string ReadDisplayName()
    {
        // What stands before the URI ends with the bracket; without brackets there is no name.
        var end = Scan.TrimEnd(_bytes, _start, _uriStart) - 1;
        if (end <= _start)
        {
            return "";
        }

        var name = new WireSlice(_bytes, _start, end).Trim().ToString();
        return SipGrammar.Unquote(name);
    }
}
