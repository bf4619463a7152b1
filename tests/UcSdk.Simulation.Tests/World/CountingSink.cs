using UcSdk.Media;

namespace UcSdk.Simulation.Tests;

/// <summary>Hears, and remembers how loud it was.</summary>
internal sealed class CountingSink : IAudioSink
{
    // A tone of the default amplitude has frames of about 7,000; concealed and silent ones have less than this.
    private const double Audible = 1000;

    /// <summary>Frames of 20 ms in which something could be heard.</summary>
    public int AudibleFrames { get; private set; }

    public void Write(AudioFrame frame)
    {
        var energy = 0.0;
        foreach (var sample in frame.Samples.Span)
        {
            energy += (double)sample * sample;
        }

        if (frame.Samples.Length > 0 && Math.Sqrt(energy / frame.Samples.Length) > Audible)
        {
            AudibleFrames++;
        }
    }
}
