using System.Globalization;

namespace UcSdk.Documents;

/// <summary>
/// What the typed readers share while they read one document: the first thing found missing. They read on with empty values, and
/// whoever opened the scope looks at <see cref="Error"/> once, at the end.
/// </summary>
/// <param name="rule">The clause that demands what is missing.</param>
internal sealed class DocumentScope(string rule)
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private DocumentError _error;

    /// <summary>The path of what is being read, for errors.</summary>
    public string Path { get; set; } = "";

    public DocumentError Error => _error;

    public bool Failed => !_error.IsNone;

    public void Fail(string where, string expected)
    {
        if (!Failed)
        {
            _error = new DocumentError(Path.Length == 0 ? where : $"{Path}/{where}", expected, rule);
        }
    }

    public string RequireAttribute(DocumentElement element, string name)
    {
        var value = element.Attribute(name)?.Trim();
        if (!string.IsNullOrEmpty(value))
        {
            return value;
        }

        Fail(In(element, $"@{name}"), "a value");
        return "";
    }

    public DocumentElement RequireChild(DocumentElement element, string name)
    {
        if (element.Child(name) is { } child)
        {
            return child;
        }

        Fail(In(element, name), "this element");
        return DocumentElement.Trusted("", name);
    }

    // The path ends with the element in hand, or with one above it.
    private string In(DocumentElement element, string name) =>
        Path == element.Name || Path.EndsWith($"/{element.Name}", StringComparison.Ordinal) ? name : $"{element.Name}/{name}";

    public static bool? Boolean(string? text) => text?.Trim() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        { } other when other.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        { } other when other.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    public static uint? Number(string? text) =>
        uint.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static DateTimeOffset? Moment(string? text) => text is null
        ? null
        : TryReadUtc(text, out var utc) ? utc
        : DateTimeOffset.TryParseExact(text.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    public static ElementState State(DocumentElement element) => element.Attribute("state")?.Trim() switch
    {
        "partial" => ElementState.Partial,
        "deleted" => ElementState.Deleted,
        _ => ElementState.Full,
    };

    // What nearly every document has, yyyy-MM-ddTHH:mm:ss with some digits of the second and with or without Z: it is on the path of every
    // notification, and the general parser takes longer than the rest of the element.
    private static bool TryReadUtc(ReadOnlySpan<char> text, out DateTimeOffset moment)
    {
        moment = default;
        text = text is [.. var bare, 'Z'] ? bare : text;
        if (text is not [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, .. var fraction]
            || !TryReadDigits(text[..4], out var year) || !TryReadDigits(text[5..7], out var month) || !TryReadDigits(text[8..10], out var day)
            || !TryReadDigits(text[11..13], out var hour) || !TryReadDigits(text[14..16], out var minute) || !TryReadDigits(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var ticks = 0;
        if (fraction.Length > 0)
        {
            if (fraction is not ['.', .. { Length: >= 1 and <= 7 } digits] || !TryReadDigits(digits, out ticks))
            {
                return false;
            }

            for (var place = digits.Length; place < 7; place++)
            {
                ticks *= 10;
            }
        }

        moment = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(ticks);
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
