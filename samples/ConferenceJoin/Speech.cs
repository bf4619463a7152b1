using UcSdk.Media;

namespace ConferenceJoin;

/// <summary>What is said, brought to the rate at which the session works.</summary>
internal static class Speech
{
    public const int SampleRate = 8000;

    /// <summary>A file that ships with the sample; both were spoken by espeak-ng.</summary>
    public static string Shipped(string file) => Path.Combine(AppContext.BaseDirectory, "Speech", file);

    public static async Task<AudioFrame> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        return WavReader.TryRead(bytes, out var audio, out var error)
            ? audio.ToMono(SampleRate)
            : throw new InvalidDataException($"{file} is no usable WAV file: {error}");
    }
}
