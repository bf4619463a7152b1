using System.Globalization;
using System.Text;

namespace PresenceWatcher;

/// <summary>
/// Writes changes as comma separated values (RFC 4180), one line each, at once. What others have written of themselves cannot become a formula: a field that would begin one
/// gets an apostrophe.
/// </summary>
internal sealed class CsvExport : IDisposable
{
    private readonly StreamWriter _file;

    public CsvExport(string file)
    {
        _file = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\r\n", AutoFlush = true };
        _file.WriteLine("time,uri,name,groups,availability,activity,note");
    }

    public void Write(DateTimeOffset when, Person person) => _file.WriteLine(string.Join(
        ',',
        when.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
        Field(person.Uri),
        Field(person.Name),
        Field(person.Groups),
        person.Availability.ToString(),
        Field(person.Activity),
        Field(person.Note)));

    public void Dispose() => _file.Dispose();

    /// <summary>One field.</summary>
    public static string Field(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
