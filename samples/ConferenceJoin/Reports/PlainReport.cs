using System.Globalization;

namespace ConferenceJoin.Reports;

/// <summary>The run as plain lines, for output that is not a terminal.</summary>
internal sealed class PlainReport(TextWriter output) : IReport
{
    public void Begin(MeetingStage stage) => output.WriteLine($"[{(int)stage}/8] {Describe.Stage(stage)} …");

    public void End(MeetingStage stage, TimeSpan elapsed) => output.WriteLine($"[{(int)stage}/8] done in {Describe.Milliseconds(elapsed)}");

    public void Step(string person, string step, int roundTrips, TimeSpan elapsed) =>
        output.WriteLine($"  {person,-8} {step,-34} {roundTrips.ToString(CultureInfo.InvariantCulture),2} round trips  {Describe.Milliseconds(elapsed),10}");

    public void StateChanged(string person, string thing, string from, string to, string reason) =>
        output.WriteLine($"  {person,-8} {thing,-22} {from} → {to} ({reason})");

    public void Roster(IReadOnlyList<RosterLine> lines) =>
        output.WriteLine("  roster   " + string.Join(", ", lines.Select(line => $"{line.Name} ({line.Role}, audio {line.Audio})")));

    public Task FinishAsync(MeetingResult result)
    {
        output.WriteLine();
        if (result.Ladder.Length > 0)
        {
            output.WriteLine("The three dialogs of bob's join:");
            output.WriteLine(result.Ladder);
        }

        foreach (var figure in result.Audio)
        {
            output.WriteLine($"  {Describe.Figure(figure)}");
        }

        output.WriteLine();
        output.WriteLine($"Recordings: {result.RecordDirectory}");
        output.WriteLine(Describe.Outcome(result));
        return output.FlushAsync();
    }

    public async ValueTask DisposeAsync() => await output.FlushAsync();
}
