using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk.Media;

/// <summary>
/// The user's source and sink at a session. They are the user's code: what they throw ends their own part and is logged, and the session
/// goes on.
/// </summary>
internal sealed class AudioOutlets(SerialLoop loop, ILogger logger)
{
    private volatile IAudioSource? _source;
    private volatile IAudioSink? _sink;
    private AudioInput? _input;
    private long _overflowBefore;
    private bool _isRunning;

    public IAudioSource? Source
    {
        get => _source;
        set
        {
            _source = value;
            loop.Run(ChangeInput);
        }
    }

    public IAudioSink? Sink
    {
        get => _sink;
        set => _sink = value;
    }

    public long Overflow => _overflowBefore + (_input?.Overflow ?? 0);

    public void Start()
    {
        _isRunning = true;
        ChangeInput();
    }

    public void Stop()
    {
        _isRunning = false;
        ChangeInput();
    }

    /// <summary>The next frame to be sent.</summary>
    public void Read(short[] frame)
    {
        if (_input is null)
        {
            Array.Clear(frame);
            return;
        }

        try
        {
            _input.Read(frame);
        }
        catch (Exception failure)
        {
            Array.Clear(frame);
            DropSource(_input.Source, failure);
        }
    }

    /// <summary>A frame that was heard.</summary>
    public void Write(short[] frame)
    {
        var sink = _sink;
        try
        {
            sink?.Write(new(frame, AudioClock.SampleRate));
        }
        catch (Exception failure)
        {
            Log.SinkFailed(logger, failure);
            Interlocked.CompareExchange(ref _sink, null, sink);
        }
    }

    // Several changes may be on their way; each finds the latest source, and the later ones find nothing to do.
    private void ChangeInput()
    {
        var source = _isRunning ? _source : null;
        if (_input?.Source == source)
        {
            return;
        }

        StopInput();
        try
        {
            if (source is not null)
            {
                _input = new(source, loop);
                _input.Start();
            }
        }
        catch (Exception failure)
        {
            DropSource(source!, failure);
        }
    }

    private void StopInput()
    {
        var old = _input;
        _input = null;
        _overflowBefore += old?.Overflow ?? 0;
        try
        {
            old?.Stop();
        }
        catch (Exception failure)
        {
            Log.SourceFailed(logger, failure);
        }
    }

    private void DropSource(IAudioSource source, Exception failure)
    {
        Log.SourceFailed(logger, failure);
        Interlocked.CompareExchange(ref _source, null, source);
        StopInput();
    }
}
