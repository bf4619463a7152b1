using UcSdk.Media;

namespace ConferenceJoin;

/// <summary>What is said, brought to the rate at which the session works.</summary>
internal static class Speech
{
    public const int SampleRate = 8000;

    // A stage that takes longer than a minute counts as hanging, and bob speaks in it too.
    private static readonly TimeSpan LongestSpeech = TimeSpan.FromSeconds(40);

    /// <summary>A file that ships with the sample; both were spoken by espeak-ng.</summary>
    public static string Shipped(string file) => Path.Combine(AppContext.BaseDirectory, "Speech", file);

    public static async Task<AudioFrame> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        return WavReader.TryRead(bytes, out var audio, out var error)
            ? audio.ToMono(SampleRate)
            : throw new InvalidDataException($"{file} is no usable WAV file: {error}");
    }

    /// <summary>Why a file cannot be what alice says, in one line; null when it can.</summary>
    public static string? Refuse(string file)
    {
        if (!File.Exists(file))
        {
            return $"there is no file {file}.";
        }

        if (!WavReader.TryRead(File.ReadAllBytes(file), out var audio, out var error))
        {
            return $"{file} is no usable WAV file: {error}";
        }

        WavReader.TryRead(File.ReadAllBytes(Shipped("bob.wav")), out var bob, out _);
        return audio.Duration > LongestSpeech ? $"{file} lasts longer than {LongestSpeech.TotalSeconds} seconds."
            : Math.Abs(CrossCorrelation.Find(audio.ToMono(SampleRate).Samples, bob!.ToMono(SampleRate).Samples).Coefficient) > AudioFigure.OwnAtMost
                ? $"{file} sounds too much like what bob says for the proof to tell them apart."
                : null;
    }
}
