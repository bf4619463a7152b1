namespace ConferenceJoin.Reports;

/// <summary>What a person sees of the run, while it happens and at its end. Calls come from one thread at a time.</summary>
internal interface IReport : IAsyncDisposable
{
    /// <summary>One of the eight stages of the sample begins.</summary>
    void Begin(MeetingStage stage);

    /// <summary>The stage has held.</summary>
    void End(MeetingStage stage, TimeSpan elapsed);

    /// <summary>A step of somebody's join is done.</summary>
    void Step(string person, string step, int roundTrips, TimeSpan elapsed);

    /// <summary>An object has changed its state.</summary>
    void StateChanged(string person, string thing, string from, string to, string reason);

    /// <summary>Who is in the conference now, with what.</summary>
    void Roster(IReadOnlyList<RosterLine> lines);

    /// <summary>The end: the ladder, the audio figures and the recordings, or the stage that failed.</summary>
    Task FinishAsync(MeetingResult result);
}
