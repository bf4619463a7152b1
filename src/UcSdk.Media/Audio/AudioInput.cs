using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>
/// Stands between a user's source and the session: asks or listens, brings the audio to the session's rate, and keeps up to one second of
/// what is pushed. Used on the loop; only <see cref="Deliver"/> is called from elsewhere.
/// </summary>
internal sealed class AudioInput
{
    private readonly SerialLoop _loop;
    private readonly SampleQueue _queue = new(AudioClock.SampleRate);
    private readonly IPullAudioSource? _pull;
    private readonly short[] _pulled = [];
    private Resampler? _resampler;
    private int _resamplerRate;
    private short[] _resampled = [];
    private bool _isStopped;

    public AudioInput(IAudioSource source, SerialLoop loop)
    {
        _loop = loop;
        Source = source;
        if (source is IPullAudioSource pull)
        {
            _pull = pull;
            _pulled = new short[CheckRate(pull.SampleRate) * AudioClock.FrameMilliseconds / 1000];
        }
    }

    public IAudioSource Source { get; }

    /// <summary>Samples that were pushed and did not fit.</summary>
    public long Overflow { get; private set; }

    public void Start() => Source.Start(Deliver);

    public void Stop()
    {
        _isStopped = true;
        Source.Stop();
    }

    /// <summary>Fills the frame; what the source has not given is silence.</summary>
    public void Read(Span<short> frame)
    {
        if (_pull is not null)
        {
            Pull(frame.Length);
        }

        frame[_queue.Read(frame)..].Clear();
    }

    private static int CheckRate(int rate) => rate is >= Resampler.MinRate and <= Resampler.MaxRate
        ? rate
        : throw new InvalidOperationException($"The audio source gives {rate} samples per second; {Resampler.MinRate} to {Resampler.MaxRate} can be used.");

    // A rate that 20 ms does not divide evenly, or the filter's start, needs one more read now and then. A source that has nothing more
    // is not asked again in the same frame.
    private void Pull(int needed)
    {
        while (_queue.Count < needed)
        {
            var count = _pull!.Read(_pulled);
            if (count is < 0 || count > _pulled.Length)
            {
                throw new InvalidOperationException($"The audio source says that it wrote {count} of at most {_pulled.Length} samples.");
            }

            if (count == 0)
            {
                return;
            }

            Append(_pulled.AsSpan(0, count), _pull.SampleRate);
        }
    }

    private void Deliver(AudioFrame frame)
    {
        CheckRate(frame.SampleRate);
        if (_loop.IsCurrent)
        {
            Take(frame.Samples.Span, frame.SampleRate);
            return;
        }

        var copy = frame.Samples.ToArray();
        _loop.Post(() => Take(copy, frame.SampleRate));
    }

    private void Take(ReadOnlySpan<short> samples, int rate)
    {
        if (!_isStopped)
        {
            Append(samples, rate);
        }
    }

    private void Append(ReadOnlySpan<short> samples, int rate)
    {
        if (rate == AudioClock.SampleRate)
        {
            Overflow += _queue.Write(samples);
            return;
        }

        if (_resampler is null || _resamplerRate != rate)
        {
            _resampler = new(rate, AudioClock.SampleRate);
            _resamplerRate = rate;
        }

        if (_resampled.Length < _resampler.MaxOutput(samples.Length))
        {
            _resampled = new short[_resampler.MaxOutput(samples.Length)];
        }

        Overflow += _queue.Write(_resampled.AsSpan(0, _resampler.Resample(samples, _resampled)));
    }
}
