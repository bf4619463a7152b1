using UcSdk.Core;

namespace UcSdk;

/// <summary>Keeps the account of one join and reports it, away from the loop.</summary>
internal sealed class JoinRun : IDisposable
{
    private readonly ModelContext _context;
    private readonly Timestamp _begin;
    private readonly ChangeStream<JoinProgress> _reports;
    private readonly Dictionary<ConferenceStage, int> _roundTrips = [];

    public JoinRun(ModelContext context, IProgress<JoinProgress>? progress)
    {
        _context = context;
        _begin = context.Loop.Now;
        _reports = new(context.Observers, "Join");
        if (progress is not null)
        {
            _reports.Subscribe(new ProgressObserver<JoinProgress>(progress));
        }
    }

    public void Begin(ConferenceStage stage) => Report(stage, false, RoundTripsBefore(stage));

    /// <param name="stage">The stage that is done.</param>
    /// <param name="exchanges">How often the server was asked in it, one after the other.</param>
    public void Complete(ConferenceStage stage, int exchanges = 1) =>
        Report(stage, true, _roundTrips[stage] = RoundTripsBefore(stage) + exchanges);

    public void Dispose() => _reports.Complete();

    // Roster and A/V server are both asked when the focus has answered; the first packet comes when the A/V server has.
    private int RoundTripsBefore(ConferenceStage stage) => stage switch
    {
        ConferenceStage.Roster or ConferenceStage.AudioVideo or ConferenceStage.InstantMessages => _roundTrips.GetValueOrDefault(ConferenceStage.Focus),
        ConferenceStage.Media => _roundTrips.GetValueOrDefault(ConferenceStage.AudioVideo),
        _ => 0,
    };

    private void Report(ConferenceStage stage, bool isCompleted, int roundTrips) =>
        _reports.Publish(new(stage, isCompleted, roundTrips, _context.Loop.Now - _begin));
}
