namespace UcSdk.Media;

/// <summary>
/// Finds a signal again in another: the normalised cross-correlation over a range of lags. It tells whether a speaker was heard, and how
/// late, whatever the loudness.
/// </summary>
public static class CrossCorrelation
{
    // At a lag where the two overlap by less than this share of the shorter one, a chance likeness would count as much as a real one.
    private const int MinOverlapDivisor = 4;

    // Energy per sample below which a stretch is silence: the quantisation noise of a companded zero line lies below it.
    private const double SilenceEnergy = 4;

    /// <summary>Compares two signals of the same rate at every lag up to a bound.</summary>
    /// <param name="first">The signal sent.</param>
    /// <param name="second">The signal received.</param>
    /// <param name="maxLag">The largest lag in samples, either way; not negative.</param>
    /// <returns>The largest coefficient and its lag. Lags at which one side is silent, or which leave too little overlap, count as 0.</returns>
    public static CorrelationResult Measure(ReadOnlyMemory<short> first, ReadOnlyMemory<short> second, int maxLag)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLag);
        if (first.IsEmpty || second.IsEmpty)
        {
            return new(0, 0);
        }

        var products = Correlate(first.Span, second.Span, out var size);
        var firstEnergy = SumSquares(first.Span);
        var secondEnergy = SumSquares(second.Span);
        var minOverlap = Math.Max(1, Math.Min(first.Length, second.Length) / MinOverlapDivisor);
        var best = new CorrelationResult(0, 0);
        for (var lag = -Math.Min(maxLag, first.Length - 1); lag <= Math.Min(maxLag, second.Length - 1); lag++)
        {
            // Sample i of the first meets sample i + lag of the second.
            var from = Math.Max(0, -lag);
            var to = Math.Min(first.Length, second.Length - lag);
            var a = firstEnergy[Math.Max(from, to)] - firstEnergy[from];
            var b = to <= from ? 0 : secondEnergy[to + lag] - secondEnergy[from + lag];
            if (to - from < minOverlap || Math.Min(a, b) < SilenceEnergy * (to - from))
            {
                continue;
            }

            var coefficient = products[(lag + size) % size] / Math.Sqrt(a * b);
            if (coefficient > best.Coefficient)
            {
                best = new(Math.Min(coefficient, 1), lag);
            }
        }

        return best;
    }

    /// <summary>
    /// Looks for the whole of one signal in another that may begin earlier and end later: was this said, from its first sample to its
    /// last? Normalised by the energy of the signal sought and of the stretch of the other that lies under it.
    /// </summary>
    /// <param name="sought">The signal sent.</param>
    /// <param name="heard">What was received, of the same rate; silence is assumed before and after it.</param>
    /// <returns>
    /// The largest coefficient and its lag. A stretch with less than a quarter of the energy sought (half the amplitude) counts as 0: it
    /// cannot hold the signal, and a chance likeness in a pause must not pass for it.
    /// </returns>
    public static CorrelationResult Find(ReadOnlyMemory<short> sought, ReadOnlyMemory<short> heard)
    {
        if (sought.IsEmpty || heard.IsEmpty)
        {
            return new(0, 0);
        }

        var products = Correlate(sought.Span, heard.Span, out var size);
        var energy = SumSquares(sought.Span)[^1];
        var heardEnergy = SumSquares(heard.Span);
        var best = new CorrelationResult(0, 0);
        for (var lag = 1 - sought.Length; lag < heard.Length; lag++)
        {
            var stretch = heardEnergy[Math.Min(heard.Length, lag + sought.Length)] - heardEnergy[Math.Max(0, lag)];
            if (stretch < Math.Max(energy / 4, SilenceEnergy * sought.Length))
            {
                continue;
            }

            var coefficient = products[(lag + size) % size] / Math.Sqrt(energy * stretch);
            if (coefficient > best.Coefficient)
            {
                best = new(Math.Min(coefficient, 1), lag);
            }
        }

        return best;
    }

    // Correlation is convolution with one signal conjugated; both are real, so one complex transform holds the two of them.
    private static double[] Correlate(ReadOnlySpan<short> first, ReadOnlySpan<short> second, out int size)
    {
        size = FourierTransform.SizeFor(first.Length + second.Length);
        var real = new double[size];
        var imaginary = new double[size];
        for (var i = 0; i < first.Length; i++)
        {
            real[i] = first[i];
        }

        for (var i = 0; i < second.Length; i++)
        {
            imaginary[i] = second[i];
        }

        FourierTransform.Forward(real, imaginary);
        var productReal = new double[size];
        var productImaginary = new double[size];
        for (var k = 0; k < size; k++)
        {
            // Z = A + iB: A = (Z(k) + Z*(−k)) / 2, B = (Z(k) − Z*(−k)) / 2i.
            var mirror = (size - k) % size;
            var (ar, ai) = ((real[k] + real[mirror]) / 2, (imaginary[k] - imaginary[mirror]) / 2);
            var (br, bi) = ((imaginary[k] + imaginary[mirror]) / 2, (real[mirror] - real[k]) / 2);
            productReal[k] = (ar * br) + (ai * bi);
            productImaginary[k] = (ar * bi) - (ai * br);
        }

        FourierTransform.Inverse(productReal, productImaginary);
        return productReal;
    }

    private static double[] SumSquares(ReadOnlySpan<short> samples)
    {
        var sums = new double[samples.Length + 1];
        for (var i = 0; i < samples.Length; i++)
        {
            sums[i + 1] = sums[i] + ((double)samples[i] * samples[i]);
        }

        return sums;
    }
}
