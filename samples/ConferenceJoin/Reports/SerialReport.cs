namespace ConferenceJoin.Reports;

/// <summary>Lets the reports of many clients, which come on many threads, through one at a time.</summary>
internal sealed class SerialReport(IReport inner) : IReport
{
    private readonly Lock _turn = new();

    public void Begin(MeetingStage stage) => InTurn(() => inner.Begin(stage));

    public void End(MeetingStage stage, TimeSpan elapsed) => InTurn(() => inner.End(stage, elapsed));

    public void Step(string person, string step, int roundTrips, TimeSpan elapsed) => InTurn(() => inner.Step(person, step, roundTrips, elapsed));

    public void StateChanged(string person, string thing, string from, string to, string reason) =>
        InTurn(() => inner.StateChanged(person, thing, from, to, reason));

    public void Roster(IReadOnlyList<RosterLine> lines) => InTurn(() => inner.Roster(lines));

    public Task FinishAsync(MeetingResult result) => inner.FinishAsync(result);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void InTurn(Action show)
    {
        lock (_turn)
        {
            show();
        }
    }
}
