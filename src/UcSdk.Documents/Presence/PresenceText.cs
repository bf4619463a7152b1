using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Documents;

/// <summary>What the readers and writers of the presence documents share: how a body becomes a document, and values that are written one way and read in several.</summary>
internal static class PresenceText
{
    public delegate T Reader<out T>(DocumentElement root, DocumentScope scope);

    public static bool TryRead<T>(
        ReadOnlyMemory<byte> body,
        DocumentLimits? limits,
        string rule,
        string rootName,
        Reader<T> read,
        [NotNullWhen(true)] out T? document,
        out DocumentError error)
        where T : class
    {
        document = null;
        if (!DocumentElement.TryRead(body, out var root, out error, limits))
        {
            return false;
        }

        var scope = new DocumentScope(rule);
        if (root.Name != rootName)
        {
            scope.Fail(root.Name, $"the root element {rootName}");
        }

        var value = read(root, scope);
        error = scope.Error;
        document = scope.Failed ? null : value;
        return document is not null;
    }

    /// <summary>The children with the name, each read; without what a query would allocate, since notifications are read often.</summary>
    public static ValueList<T> Each<T>(DocumentElement element, string name, DocumentScope scope, Reader<T> read)
    {
        var count = 0;
        foreach (var child in element.Children)
        {
            count += child.Name == name ? 1 : 0;
        }

        if (count == 0)
        {
            return [];
        }

        var items = new T[count];
        var at = 0;
        foreach (var child in element.Children)
        {
            if (child.Name == name)
            {
                items[at++] = read(child, scope);
            }
        }

        return new ValueList<T>(items);
    }

    public static PresenceExpireType? ExpireType(string? text) => text?.Trim() switch
    {
        "static" => PresenceExpireType.Static,
        "user" => PresenceExpireType.User,
        "endpoint" => PresenceExpireType.Endpoint,
        "time" => PresenceExpireType.Time,
        _ => null,
    };

    public static string? Text(PresenceExpireType? type) => type switch
    {
        PresenceExpireType.Static => "static",
        PresenceExpireType.User => "user",
        PresenceExpireType.Endpoint => "endpoint",
        PresenceExpireType.Time => "time",
        _ => null,
    };

    /// <summary>UTC with as many digits of the second as there are.</summary>
    public static string? Text(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The number of a required attribute; a failure when it is missing or none.</summary>
    public static uint RequireNumber(DocumentScope scope, DocumentElement element, string attribute)
    {
        if (DocumentScope.Number(element.Attribute(attribute)) is { } number)
        {
            return number;
        }

        scope.Fail($"{element.Name}/@{attribute}", "a number from 0 to 4294967295");
        return 0;
    }

    /// <summary>The name if it was understood, else none: what was not understood stays among the unknown attributes or children.</summary>
    public static string If(bool understood, string name) => understood ? name : "";

    /// <summary>The local part of a qualified name in a value; empty for null.</summary>
    public static string WithoutPrefix(string? name) => name is null ? "" : name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();

    public static int? SignedNumber(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static DayOfWeek? Day(string? text) => text?.Trim() switch
    {
        "Sunday" => DayOfWeek.Sunday,
        "Monday" => DayOfWeek.Monday,
        "Tuesday" => DayOfWeek.Tuesday,
        "Wednesday" => DayOfWeek.Wednesday,
        "Thursday" => DayOfWeek.Thursday,
        "Friday" => DayOfWeek.Friday,
        "Saturday" => DayOfWeek.Saturday,
        _ => null,
    };
}
