namespace UcSdk.Media;

/// <summary>
/// Mixes one conference: at each tick every port brings a frame, and every port gets the sum of all the others. One pass sums all, a
/// second subtracts each port's own frame, so the work grows with the number of ports and not with its square.
/// </summary>
internal sealed class AudioMixer
{
    private readonly List<AudioMixerPort> _ports = [];
    private readonly int[] _sum = new int[AudioClock.SamplesPerFrame];

    public IReadOnlyList<AudioMixerPort> Ports => _ports;

    /// <summary>Whether each port's own frame is left out of what it gets. Off, every speaker hears an echo; tests use it to show that they would notice.</summary>
    internal bool LeavesOutOwn { get; set; } = true;

    public AudioMixerPort AddPort()
    {
        var port = new AudioMixerPort();
        _ports.Add(port);
        return port;
    }

    public void RemovePort(AudioMixerPort port) => _ports.Remove(port);

    /// <summary>Fills <see cref="AudioMixerPort.Output"/> of all ports from their <see cref="AudioMixerPort.Input"/>.</summary>
    public void Mix()
    {
        Array.Clear(_sum);
        foreach (var port in _ports)
        {
            for (var i = 0; i < _sum.Length; i++)
            {
                _sum[i] += port.Input[i];
            }
        }

        foreach (var port in _ports)
        {
            for (var i = 0; i < _sum.Length; i++)
            {
                port.Output[i] = (short)Math.Clamp(_sum[i] - (LeavesOutOwn ? port.Input[i] : 0), short.MinValue, short.MaxValue);
            }
        }
    }
}
