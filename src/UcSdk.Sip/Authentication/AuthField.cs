using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// The value that all authentication headers share (RFC 3261 §25.1, RFC 7235 §2.1): a scheme and a comma list of <c>name=value</c>. The
/// scheme is empty where the header has none (Authentication-Info). Parameters that nobody understands stay, in order and as written.
/// </summary>
internal sealed class AuthField : IEnumerable<KeyValuePair<string, string>>
{
    // A real field has a dozen; lookups are linear.
    public const int MaxParameters = 32;

    private readonly (string Name, string Raw)[] _items;

    public AuthField(string scheme)
        : this(scheme, [])
    {
    }

    private AuthField(string scheme, (string Name, string Raw)[] items)
    {
        Scheme = scheme;
        _items = items;
    }

    public string Scheme { get; }

    public int Count => _items.Length;

    /// <summary>The value without its quotes; null when the parameter is absent.</summary>
    public string? this[string name] => Find(name) is var at and >= 0 ? SipGrammar.Unquote(_items[at].Raw) : null;

    public bool IsScheme(string scheme) => Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>This field with a parameter appended whose value stands as it is: a token or a number.</summary>
    public AuthField With(string name, string value) => new(Scheme, [.. _items, (name, value)]);

    /// <summary>This field with a parameter appended whose value stands in quotes.</summary>
    public AuthField WithQuoted(string name, string value) => With(name, SipGrammar.Quote(value));

    /// <summary>Reads a field that holds one value.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AuthField? field)
    {
        var all = new List<AuthField>(1);
        field = text is not null && TryParseAll(text, all) && all.Count == 1 ? all[0] : null;
        return field is not null;
    }

    /// <summary>
    /// Reads every challenge of a field and appends it. RFC 3261 §20.27 wants one field for each, but servers that grew up with HTTP put
    /// several into one. False, and nothing appended, when any of it cannot be read.
    /// </summary>
    public static bool TryParseAll(string text, List<AuthField> fields)
    {
        string? scheme = null;
        var items = new List<(string Name, string Raw)>();
        var read = new List<AuthField>();
        foreach (var part in SipGrammar.SplitList(text))
        {
            var rest = part.AsSpan();
            if (TryTakeScheme(ref rest, out var next))
            {
                Finish(scheme, items, read);
                scheme = next;
                if (rest.IsEmpty)
                {
                    continue;
                }
            }

            scheme ??= "";
            if (items.Count == MaxParameters || !TryParseItem(rest, out var item) || items.Exists(other => IsNamed(other, item.Name)))
            {
                return false;
            }

            items.Add(item);
        }

        Finish(scheme, items, read);
        fields.AddRange(read);
        return read.Count > 0;
    }

    public override string ToString()
    {
        var text = new StringBuilder(Scheme);
        for (var at = 0; at < _items.Length; at++)
        {
            text.Append(at > 0 ? ", " : Scheme.Length > 0 ? " " : "").Append(_items[at].Name).Append('=').Append(_items[at].Raw);
        }

        return text.ToString();
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach (var (name, raw) in _items)
        {
            yield return new(name, SipGrammar.Unquote(raw));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Finish(string? scheme, List<(string Name, string Raw)> items, List<AuthField> read)
    {
        if (scheme is not null)
        {
            read.Add(new(scheme, [.. items]));
            items.Clear();
        }
    }

    // "Digest realm=…": a token that no equals sign follows.
    private static bool TryTakeScheme(ref ReadOnlySpan<char> rest, [NotNullWhen(true)] out string? scheme)
    {
        var end = rest.IndexOfAnyExcept(SipGrammar.Token);
        var token = end < 0 ? rest : rest[..end];
        var after = rest[token.Length..].TrimStart();
        if (token.IsEmpty || (!after.IsEmpty && (after[0] == '=' || after.Length == rest.Length - token.Length)))
        {
            scheme = null;
            return false;
        }

        scheme = token.ToString();
        rest = after;
        return true;
    }

    private static bool TryParseItem(ReadOnlySpan<char> text, out (string Name, string Raw) item)
    {
        item = default;
        var equals = text.IndexOf('=');
        if (equals <= 0)
        {
            return false;
        }

        var name = text[..equals].TrimEnd();
        var raw = text[(equals + 1)..].Trim();
        var readable = !raw.IsEmpty && (raw[0] == '"' ? SipGrammar.FindQuoteEnd(raw, 0) == raw.Length - 1 : raw[0] != '=' && !raw.ContainsAny("\" \t"));
        if (!SipGrammar.IsToken(name) || !readable)
        {
            return false;
        }

        item = (name.ToString(), raw.ToString());
        return true;
    }

    private static bool IsNamed((string Name, string Raw) item, string name) => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private int Find(string name) => Array.FindIndex(_items, item => IsNamed(item, name));
}
