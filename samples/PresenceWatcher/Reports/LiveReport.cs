using Spectre.Console;
using Spectre.Console.Rendering;

namespace PresenceWatcher.Reports;

/// <summary>A table that changes with the people in it, for a person at a terminal.</summary>
internal sealed class LiveReport : IReport
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;
    private IReadOnlyList<Person> _all = [];
    private string _state = "";
    private LiveDisplayContext? _display;

    public LiveReport(IAnsiConsole console) => _drawing = console.Live(new Text("")).AutoClear(false).StartAsync(async display =>
    {
        _display = display;
        await _over.Task;
        display.UpdateTarget(Draw());
    });

    public void State(string text) => Update(() => _state = text);

    public void Changed(DateTimeOffset when, Person person, IReadOnlyList<Person> all) => Update(() => _all = all);

    public void Gone(DateTimeOffset when, Person person, IReadOnlyList<Person> all) => Update(() => _all = all);

    public async ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        await _drawing;
    }

    private void Update(Action change)
    {
        change();
        _display?.UpdateTarget(Draw());
    }

    private Rows Draw()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("group", "name", "presence", "activity", "note");
        foreach (var person in _all)
        {
            table.AddRow(
                Cell(person.Groups),
                Cell(person.Name),
                new Markup($"[{Describe.Colour(person.Availability)}]●[/] {Describe.Availability(person.Availability)}"),
                Cell(person.Activity),
                Cell(person.Note));
        }

        return new Rows(table, Cell(_state));
    }

    private static IRenderable Cell(string text) => new Text(Describe.Text(text));
}
