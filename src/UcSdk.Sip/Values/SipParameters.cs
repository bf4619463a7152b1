using System.Collections;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// The <c>;name=value</c> parameters of a URI or header, in order and as written. Names are compared without regard to case
/// (RFC 3261 §7.3.1); values are given without their quotes.
/// </summary>
public sealed class SipParameters : IEnumerable<KeyValuePair<string, string?>>
{
    /// <summary>No parameters.</summary>
    public static readonly SipParameters Empty = new([]);

    // Lookups are linear, so an endless list from the network must not make them slow; real values have a dozen.
    internal const int MaxCount = 64;

    private readonly (string Name, string? RawValue)[] _items;

    private SipParameters((string Name, string? RawValue)[] items) => _items = items;

    /// <summary>How many there are.</summary>
    public int Count => _items.Length;

    /// <summary>The value of the parameter; null when it is absent or has none.</summary>
    public string? this[string name] => Find(name) is { } at and >= 0 && _items[at].RawValue is { } raw ? SipGrammar.Unquote(raw) : null;

    /// <summary>True when the parameter is there, with or without a value.</summary>
    public bool Contains(string name) => Find(name) >= 0;

    /// <summary>These parameters with one set: replaced in its place, or appended. A value that is no token is quoted.</summary>
    /// <exception cref="ArgumentException">The name is not a token, or the value holds a line end.</exception>
    public SipParameters With(string name, string? value)
    {
        if (!SipGrammar.IsToken(name))
        {
            throw new ArgumentException($"'{name}' is not a parameter name: a token is wanted.", nameof(name));
        }

        return WithRaw(name, value is null || SipGrammar.IsToken(value) || IsHost(value) ? value : SipGrammar.Quote(RequireSingleLine(value)));
    }

    /// <summary>As <see cref="With"/>, with the value always in quotes (<c>+sip.instance</c>, <c>gruu</c>).</summary>
    public SipParameters WithQuoted(string name, string value) => WithRaw(name, SipGrammar.Quote(RequireSingleLine(value)));

    /// <summary>These parameters without the named one.</summary>
    public SipParameters Without(string name) =>
        Contains(name) ? new([.. _items.Where(item => !IsNamed(item, name))]) : this;

    /// <summary>The parameters as written, each with its leading semicolon.</summary>
    public override string ToString()
    {
        if (_items.Length == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator()
    {
        foreach (var (name, raw) in _items)
        {
            yield return new(name, raw is null ? null : SipGrammar.Unquote(raw));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads <c>;a;b=c;d="e"</c>; the leading semicolon may be absent. False when a name is missing, a quote stays open, or there are more than 64.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out SipParameters parameters)
    {
        parameters = Empty;
        var items = new List<(string, string?)>();
        text = text.Trim();
        if (!text.IsEmpty && text[0] == ';')
        {
            text = text[1..].TrimStart();
        }

        // One semicolon at the very end is forgiven; two in a row are not (RFC 4475 §3.1.2.1).
        while (!text.IsEmpty)
        {
            var end = SipGrammar.IndexOfOutside(text, ';');
            var item = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..].Trim();
            if (items.Count == MaxCount || !TryParseItem(item, out var parsed))
            {
                return false;
            }

            items.Add(parsed);
        }

        parameters = items.Count == 0 ? Empty : new([.. items]);
        return true;
    }

    /// <summary>True when a name stands more than once, which URIs forbid (RFC 3261 §19.1.1).</summary>
    internal bool HasDuplicates()
    {
        for (var at = 1; at < _items.Length; at++)
        {
            if (Find(_items[at].Name) < at)
            {
                return true;
            }
        }

        return false;
    }

    internal void AppendTo(StringBuilder text)
    {
        foreach (var (name, raw) in _items)
        {
            text.Append(';').Append(name);
            if (raw is not null)
            {
                text.Append('=').Append(raw);
            }
        }
    }

    // URI parameters are written as they are, never quoted; the caller has made sure of their characters.
    internal SipParameters WithRaw(string name, string? rawValue)
    {
        var at = Find(name);
        if (at < 0)
        {
            return new([.. _items, (name, rawValue)]);
        }

        var items = _items.ToArray();
        items[at].RawValue = rawValue;
        return new(items);
    }

    private static bool TryParseItem(ReadOnlySpan<char> item, out (string, string?) parsed)
    {
        var equals = item.IndexOf('=');
        var name = (equals < 0 ? item : item[..equals]).Trim();
        if (name.IsEmpty || name.Contains('"') || (equals >= 0 && HasOpenQuote(item[(equals + 1)..])))
        {
            parsed = default;
            return false;
        }

        parsed = (name.ToString(), equals < 0 ? null : item[(equals + 1)..].Trim().ToString());
        return true;
    }

    private static bool HasOpenQuote(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return !value.IsEmpty && value[0] == '"' && SipGrammar.FindQuoteEnd(value, 0) != value.Length - 1;
    }

    private static string RequireSingleLine(string value) =>
        SipGrammar.IsSingleLine(value) ? value : throw new ArgumentException("A parameter value holds no line end.", nameof(value));

    // RFC 3261 §25.1: gen-value = token / host / quoted-string; a host may hold brackets and colons.
    private static bool IsHost(string value) => HostPort.TryParse(value, out _, out var port) && port is null;

    private static bool IsNamed((string Name, string? RawValue) item, string name) =>
        item.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private int Find(string name)
    {
        for (var at = 0; at < _items.Length; at++)
        {
            if (IsNamed(_items[at], name))
            {
                return at;
            }
        }

        return -1;
    }
}
