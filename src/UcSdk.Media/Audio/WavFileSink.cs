namespace UcSdk.Media;

/// <summary>
/// Records what it hears into a WAV file at the rate of the first frame. Take it off the session, or close the session, before disposing
/// it; disposing it completes the file.
/// </summary>
public sealed class WavFileSink : IAudioSink, IDisposable
{
    // Four seconds of a call: the file system is touched rarely, and never waited for longer than a copy into its cache takes.
    private const int BufferLength = 64 * 1024;

    private readonly FileStream _file;
    private WavWriter? _writer;
    private int _sampleRate;

    /// <summary>Creates the file, or empties the one that is there.</summary>
    /// <param name="path">The file.</param>
    public WavFileSink(string path) => _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferLength);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The frame has another rate than the first one.</exception>
    public void Write(AudioFrame frame)
    {
        if (_writer is null)
        {
            _sampleRate = frame.SampleRate;
            _writer = new(_file, _sampleRate);
        }
        else if (frame.SampleRate != _sampleRate)
        {
            throw new ArgumentException($"The recording has {_sampleRate} samples per second, the frame {frame.SampleRate}.", nameof(frame));
        }

        _writer.Write(frame.Samples);
    }

    /// <summary>Completes the file; a recording that heard nothing is an empty one at 8 kHz.</summary>
    public void Dispose()
    {
        _writer ??= new(_file, AudioClock.SampleRate);
        _writer.Dispose();
    }
}
