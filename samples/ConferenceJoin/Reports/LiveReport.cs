using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConferenceJoin.Reports;

/// <summary>The run live, for a person at a terminal: stages, joins, roster, and the latest state changes.</summary>
internal sealed class LiveReport : IReport
{
    private const int LatestChanges = 12;
    private const int LatestSteps = 14;

    private readonly IAnsiConsole _console;
    private readonly Dictionary<MeetingStage, string> _stages = [];
    private readonly List<(string Person, string Step, int RoundTrips, TimeSpan Elapsed)> _steps = [];
    private readonly Queue<string> _changes = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;
    private IReadOnlyList<RosterLine> _roster = [];
    private LiveDisplayContext? _display;

    public LiveReport(IAnsiConsole console)
    {
        _console = console;
        _drawing = console.Live(new Text("")).AutoClear(false).StartAsync(async display =>
        {
            _display = display;
            await _over.Task;
            display.UpdateTarget(Draw());
        });
    }

    public void Begin(MeetingStage stage) => Update(() => _stages[stage] = "[yellow]…[/]");

    public void End(MeetingStage stage, TimeSpan elapsed) => Update(() => _stages[stage] = $"[green]✓[/] {Describe.Milliseconds(elapsed)}");

    public void Step(string person, string step, int roundTrips, TimeSpan elapsed) => Update(() => _steps.Add((person, step, roundTrips, elapsed)));

    public void StateChanged(string person, string thing, string from, string to, string reason) => Update(() =>
    {
        _changes.Enqueue($"[bold]{Markup.Escape(person)}[/] {Markup.Escape(thing)}: {from} → [bold]{to}[/] [grey]({Markup.Escape(reason)})[/]");
        if (_changes.Count > LatestChanges)
        {
            _changes.Dequeue();
        }
    });

    public void Roster(IReadOnlyList<RosterLine> lines) => Update(() => _roster = lines);

    public async Task FinishAsync(MeetingResult result)
    {
        _over.TrySetResult();
        await _drawing;
        if (result.Ladder.Length > 0)
        {
            _console.Write(new Rule("The three dialogs of bob's join").LeftJustified());
            _console.WriteLine(result.Ladder);
        }

        var table = new Table().Title("What everybody heard").AddColumns("listener", "speaker", "correlation", "wanted", "");
        foreach (var figure in result.Audio)
        {
            table.AddRow(
                figure.Listener,
                figure.Speaker,
                figure.Correlation.ToString("F3", CultureInfo.InvariantCulture),
                figure.IsOwn ? "≤ 0.1 (own)" : "≥ 0.9",
                figure.Holds ? "[green]ok[/]" : "[red]wrong[/]");
        }

        _console.Write(table);
        _console.MarkupLineInterpolated($"Recordings: {result.RecordDirectory}");
        _console.MarkupLine((result.Failure is null ? "[green]" : "[red]") + Markup.Escape(Describe.Outcome(result)) + "[/]");
    }

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
        var stages = new Table().Border(TableBorder.Rounded).Title("Stages").AddColumns("", "stage", "");
        foreach (var stage in Enum.GetValues<MeetingStage>())
        {
            stages.AddRow(((int)stage).ToString(CultureInfo.InvariantCulture), Describe.Stage(stage), _stages.GetValueOrDefault(stage, ""));
        }

        var steps = new Table().Border(TableBorder.Rounded).Title("Joins").AddColumns("who", "step", "round trips", "time");
        foreach (var (person, step, roundTrips, elapsed) in _steps.TakeLast(LatestSteps))
        {
            steps.AddRow(Markup.Escape(person), Markup.Escape(step), roundTrips.ToString(CultureInfo.InvariantCulture), Describe.Milliseconds(elapsed));
        }

        var roster = new Table().Border(TableBorder.Rounded).Title("Roster").AddColumns("who", "role", "audio");
        foreach (var line in _roster)
        {
            roster.AddRow(Markup.Escape(line.Name), Markup.Escape(line.Role), Markup.Escape(line.Audio));
        }

        IRenderable changes = new Panel(new Markup(string.Join('\n', _changes))) { Header = new PanelHeader("State changes"), Expand = true };
        return new Rows(new Columns(stages, roster), steps, changes);
    }
}
