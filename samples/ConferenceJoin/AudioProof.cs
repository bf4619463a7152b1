using UcSdk.Media;

namespace ConferenceJoin;

/// <summary>Measures what everybody heard: every recording against every speaker's source.</summary>
internal static class AudioProof
{
    public static async Task<IReadOnlyList<AudioFigure>> MeasureAsync(
        IEnumerable<Attendee> listeners, IReadOnlyList<(Attendee Person, AudioFrame Speech)> speakers, CancellationToken cancellationToken)
    {
        var figures = new List<AudioFigure>();
        foreach (var listener in listeners)
        {
            var recording = await Speech.ReadAsync(listener.Recording, cancellationToken);
            foreach (var (person, speech) in speakers)
            {
                var found = CrossCorrelation.Find(speech.Samples, recording.Samples);
                var lag = TimeSpan.FromSeconds((double)found.Lag / Speech.SampleRate);
                figures.Add(new AudioFigure(listener.Name, person.Name, found.Coefficient, lag));
            }
        }

        return figures;
    }
}
