using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace UcSdk.Sip.Tests;

/// <summary>Listens to what the endpoints of this thread tell: simulations run on the test's own. For tests that are <see cref="Alone"/>.</summary>
internal sealed class Listening : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly MeterListener _meter = new();
    private readonly ActivityListener _activities;
    private readonly List<string> _measurements = [];

    public Listening()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SipTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Environment.CurrentManagedThreadId == _thread)
                {
                    Ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SipTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, FormattableString.Invariant($"{value}"), tags));
        _meter.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, FormattableString.Invariant($"{value}"), tags));
        _meter.SetMeasurementEventCallback<int>((instrument, value, _, _) => Observed[instrument.Name] = value);
        _meter.Start();
    }

    /// <summary>The activities that have ended, in order.</summary>
    public List<Activity> Ended { get; } = [];

    /// <summary>The observed counts; those of endpoints of other tests are in them.</summary>
    public Dictionary<string, int> Observed { get; } = [];

    /// <summary>What was measured with the instrument since the last time: value, then tags.</summary>
    public IReadOnlyList<string> Take(string instrument)
    {
        var of = _measurements.Where(line => line.StartsWith(instrument + " ", StringComparison.Ordinal)).Select(line => line[(instrument.Length + 1)..]).ToArray();
        _measurements.RemoveAll(line => line.StartsWith(instrument + " ", StringComparison.Ordinal));
        return of;
    }

    public void Observe() => _meter.RecordObservableInstruments();

    public void Dispose()
    {
        _meter.Dispose();
        _activities.Dispose();
    }

    private void Take(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _measurements.Add(string.Join(' ', [instrument.Name, value, .. tags.ToArray().Select(tag => FormattableString.Invariant($"{tag.Key}={tag.Value}"))]));
        }
    }
}
