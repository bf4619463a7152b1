namespace UcSdk.Documents;

/// <summary>
/// A media type with parameters as it stands in a header (RFC 2045 §5.1), read leniently: the values of <c>msgr</c> and <c>ms-body</c> are base64, whose padding
/// the grammar forbids and clients write.
/// </summary>
/// <param name="Name">Type and subtype in lower case; empty when there is none.</param>
/// <param name="Parameters">The parameters in order, their names in lower case.</param>
internal readonly record struct MediaTypeText(string Name, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>How many parameters are looked at; what is behind them is not.</summary>
    public const int MaxParameters = 32;

    public string? this[string name]
    {
        get
        {
            foreach (var (known, value) in Parameters)
            {
                if (known == name)
                {
                    return value;
                }
            }

            return null;
        }
    }

    public static MediaTypeText Parse(string? text)
    {
        var rest = text.AsSpan();
        var end = rest.IndexOf(';');
        var name = (end < 0 ? rest : rest[..end]).Trim().ToString().ToLowerInvariant();
        var parameters = new List<KeyValuePair<string, string>>();
        rest = end < 0 ? [] : rest[(end + 1)..];
        while (!rest.IsEmpty && parameters.Count < MaxParameters)
        {
            var stop = rest.IndexOfAny(';', '=');
            if (stop < 0 || rest[stop] == ';')
            {
                Add(parameters, stop < 0 ? rest : rest[..stop], "");
                rest = stop < 0 ? [] : rest[(stop + 1)..];
                continue;
            }

            var parameter = rest[..stop];
            rest = rest[(stop + 1)..].TrimStart();
            Add(parameters, parameter, rest.StartsWith("\"", StringComparison.Ordinal) ? ReadQuoted(ref rest) : ReadBare(ref rest));
        }

        return new MediaTypeText(name, parameters);
    }

    private static void Add(List<KeyValuePair<string, string>> parameters, ReadOnlySpan<char> name, string value)
    {
        name = name.Trim();
        if (!name.IsEmpty)
        {
            parameters.Add(new(name.ToString().ToLowerInvariant(), value));
        }
    }

    private static string ReadBare(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(';');
        var value = (end < 0 ? rest : rest[..end]).Trim().ToString();
        rest = end < 0 ? [] : rest[(end + 1)..];
        return value;
    }

    private static string ReadQuoted(ref ReadOnlySpan<char> rest)
    {
        var value = new System.Text.StringBuilder();
        var at = 1;
        for (; at < rest.Length && rest[at] != '"'; at++)
        {
            at += rest[at] == '\\' && at + 1 < rest.Length ? 1 : 0;
            value.Append(rest[at]);
        }

        rest = rest[Math.Min(at + 1, rest.Length)..];
        var next = rest.IndexOf(';');
        rest = next < 0 ? [] : rest[(next + 1)..];
        return value.ToString();
    }
}
