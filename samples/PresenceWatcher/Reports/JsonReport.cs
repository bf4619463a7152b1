using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PresenceWatcher.Reports;

/// <summary>An object on a line for each change, for programs.</summary>
internal sealed class JsonReport(TextWriter output) : IReport
{
    public void State(string text) => Write("state", writer => writer.WriteString("state", text));

    public void Changed(DateTimeOffset when, Person person, IReadOnlyList<Person> all) => Write("presence", writer =>
    {
        writer.WriteString("time", when);
        writer.WriteString("uri", person.Uri);
        writer.WriteString("name", person.Name);
        writer.WriteString("groups", person.Groups);
        writer.WriteString("availability", person.Availability.ToString());
        writer.WriteString("activity", person.Activity);
        writer.WriteString("note", person.Note);
    });

    public void Gone(DateTimeOffset when, Person person, IReadOnlyList<Person> all) => Write("gone", writer =>
    {
        writer.WriteString("time", when);
        writer.WriteString("uri", person.Uri);
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(string kind, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("event", kind);
            content(writer);
            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Flush();
    }
}
