namespace UcSdk.Media;

/// <summary>Plays one clip from memory, once or again and again.</summary>
public sealed class ClipAudioSource : IPullAudioSource
{
    private readonly AudioFrame _clip;
    private readonly bool _isRepeated;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _position;

    /// <summary>Makes a source.</summary>
    /// <param name="clip">What to play; not to be changed while it plays.</param>
    /// <param name="isRepeated">Whether to begin again at the end; default false.</param>
    /// <exception cref="ArgumentOutOfRangeException">The clip's rate is outside 4000…192000.</exception>
    public ClipAudioSource(AudioFrame clip, bool isRepeated = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clip.SampleRate, Resampler.MinRate, nameof(clip));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clip.SampleRate, Resampler.MaxRate, nameof(clip));
        _clip = clip;
        _isRepeated = isRepeated && clip.Samples.Length > 0;
    }

    /// <inheritdoc/>
    public int SampleRate => _clip.SampleRate;

    /// <summary>Ends when the last sample was taken; never, when the clip is repeated.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Reads a WAV file as a source; the whole file is read now.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isRepeated">Whether to begin again at the end; default false.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The source.</returns>
    /// <exception cref="InvalidDataException">The file is not 16-bit PCM, or a limit is exceeded; the message says where.</exception>
    public static async Task<ClipAudioSource> FromWavFileAsync(string path, bool isRepeated = false, CancellationToken cancellationToken = default)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        return WavReader.TryRead(bytes, out var audio, out var error)
            ? new(audio.ToMono(), isRepeated)
            : throw new InvalidDataException($"'{path}' cannot be played: {error}.");
    }

    /// <inheritdoc/>
    public int Read(Memory<short> samples)
    {
        var written = 0;
        while (written < samples.Length)
        {
            var count = Math.Min(samples.Length - written, _clip.Samples.Length - _position);
            _clip.Samples.Slice(_position, count).CopyTo(samples[written..]);
            _position += count;
            written += count;
            if (_position == _clip.Samples.Length && !_isRepeated)
            {
                _completion.TrySetResult();
                break;
            }

            _position %= _clip.Samples.Length;
        }

        return written;
    }
}
