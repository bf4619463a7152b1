using System.Globalization;

namespace PresenceWatcher.Reports;

/// <summary>A line for each change, for files and pipes.</summary>
internal sealed class PlainReport(TextWriter output) : IReport
{
    public void State(string text) => output.WriteLine(text);

    public void Changed(DateTimeOffset when, Person person, IReadOnlyList<Person> all) => output.WriteLine(
        $"{Time(when)} {Describe.Text(person.Name)} <{Describe.Text(person.Uri)}> {Describe.Availability(person.Availability)}"
        + (person.Activity.Length > 0 ? $" ({Describe.Text(person.Activity)})" : "")
        + (person.Note.Length > 0 ? $" \"{Describe.Text(person.Note)}\"" : "")
        + (person.Groups.Length > 0 ? $" [{Describe.Text(person.Groups)}]" : ""));

    public void Gone(DateTimeOffset when, Person person, IReadOnlyList<Person> all) =>
        output.WriteLine($"{Time(when)} {Describe.Text(person.Name)} <{Describe.Text(person.Uri)}> is no contact any more");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Time(DateTimeOffset when) => when.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
