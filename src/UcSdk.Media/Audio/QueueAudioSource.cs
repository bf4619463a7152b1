using System.Collections.Concurrent;

namespace UcSdk.Media;

/// <summary>Plays clips one after the other, each when it is asked to; silence in between. Clips may be added from any thread.</summary>
public sealed class QueueAudioSource : IPullAudioSource
{
    private readonly ConcurrentQueue<QueuedClip> _clips = new();

    /// <summary>Makes a source.</summary>
    /// <param name="sampleRate">The rate of its clips, 4000…192000; default 8000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public QueueAudioSource(int sampleRate = AudioClock.SampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, Resampler.MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, Resampler.MaxRate);
        SampleRate = sampleRate;
    }

    /// <inheritdoc/>
    public int SampleRate { get; }

    /// <summary>Plays a clip after those that wait.</summary>
    /// <param name="clip">What to play, at the source's rate; not to be changed before it has been.</param>
    /// <param name="cancellationToken">Takes the clip back, also in the middle.</param>
    /// <returns>A task that ends when the session has taken the last sample.</returns>
    /// <exception cref="ArgumentException">The clip has another rate.</exception>
    /// <exception cref="OperationCanceledException">The clip was taken back.</exception>
    public async Task PlayAsync(AudioFrame clip, CancellationToken cancellationToken = default)
    {
        if (clip.SampleRate != SampleRate)
        {
            throw new ArgumentException($"The clip has {clip.SampleRate} samples per second, the source {SampleRate}.", nameof(clip));
        }

        var queued = new QueuedClip(clip.Samples);
        using var cancel = cancellationToken.Register(() => queued.Cancel(cancellationToken));
        _clips.Enqueue(queued);
        await queued.Done;
    }

    /// <inheritdoc/>
    public int Read(Memory<short> samples)
    {
        var written = 0;
        while (written < samples.Length && _clips.TryPeek(out var clip))
        {
            written += clip.Read(samples[written..]);
            if (clip.Done.IsCompleted)
            {
                _clips.TryDequeue(out _);
            }
        }

        return written;
    }
}
