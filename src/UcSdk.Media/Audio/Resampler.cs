namespace UcSdk.Media;

/// <summary>
/// Changes the sample rate of a stream by a rational factor: a polyphase FIR filter, a sinc cut off below the lower of the two Nyquist
/// frequencies and shaped by a Blackman window. Keeps its state between calls, so a stream may be fed in pieces of any length. The output
/// lags by half the filter, <see cref="HalfTaps"/> samples of the lower rate.
/// </summary>
internal sealed class Resampler
{
    /// <summary>Zero crossings of the sinc on each side.</summary>
    public const int HalfTaps = 16;

    // The share of the lower Nyquist frequency that passes; the rest is the filter's slope.
    private const double Passband = 0.92;

    public const int MinRate = 4000;

    public const int MaxRate = 192000;

    private readonly int _up;
    private readonly int _down;
    private readonly float[][] _phases;
    private readonly float[] _history;
    private int _newest;
    private int _phase;

    public Resampler(int fromRate, int toRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromRate, MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromRate, MaxRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(toRate, MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toRate, MaxRate);
        var divisor = GreatestCommonDivisor(fromRate, toRate);
        _up = toRate / divisor;
        _down = fromRate / divisor;
        _phases = Design();
        _history = new float[_phases[0].Length];
    }

    /// <summary>The most samples that so many input samples give.</summary>
    public int MaxOutput(int inputCount) => (int)(((long)inputCount * _up / _down) + 1);

    /// <summary>Takes all input; returns how many samples were written.</summary>
    public int Resample(ReadOnlySpan<short> input, Span<short> output)
    {
        if (_up == _down)
        {
            input.CopyTo(output);
            return input.Length;
        }

        var written = 0;
        foreach (var sample in input)
        {
            _newest = (_newest + 1) % _history.Length;
            _history[_newest] = sample;
            for (; _phase < _up; _phase += _down)
            {
                output[written++] = Filter(_phases[_phase]);
            }

            _phase -= _up;
        }

        return written;
    }

    private short Filter(float[] taps)
    {
        var sum = 0f;
        var at = _newest;
        foreach (var tap in taps)
        {
            sum += tap * _history[at];
            at = at == 0 ? _history.Length - 1 : at - 1;
        }

        return (short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue);
    }

    // One filter at the common multiple of both rates, dealt out to the phases: phase p holds its taps p, p + up, p + 2·up …
    private float[][] Design()
    {
        var factor = Math.Max(_up, _down);
        var half = HalfTaps * factor;
        var cutoff = Passband / factor;
        var phases = new float[_up][];
        for (var phase = 0; phase < _up; phase++)
        {
            phases[phase] = new float[((2 * half) / _up) + 1];
            for (var i = 0; i < phases[phase].Length; i++)
            {
                var offset = phase + (i * _up) - half;
                phases[phase][i] = offset > half ? 0 : (float)(_up * cutoff * Sinc(cutoff * offset) * Blackman(offset, half));
            }
        }

        return phases;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Blackman(int offset, int half) =>
        0.42 + (0.5 * Math.Cos(Math.PI * offset / half)) + (0.08 * Math.Cos(2 * Math.PI * offset / half));
}
