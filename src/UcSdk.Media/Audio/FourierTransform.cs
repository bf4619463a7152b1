using System.Numerics;

namespace UcSdk.Media;

/// <summary>The discrete Fourier transform of a power of two of complex numbers, in place (Cooley–Tukey, radix 2).</summary>
internal static class FourierTransform
{
    public static int SizeFor(int length) => (int)BitOperations.RoundUpToPowerOf2((uint)length);

    public static void Forward(double[] real, double[] imaginary)
    {
        Reorder(real, imaginary);
        for (var half = 1; half < real.Length; half *= 2)
        {
            // The factor of each butterfly is computed, not stepped: stepping would gather rounding errors.
            var angle = -Math.PI / half;
            for (var k = 0; k < half; k++)
            {
                var (sin, cos) = Math.SinCos(angle * k);
                for (var i = k; i < real.Length; i += 2 * half)
                {
                    var j = i + half;
                    var r = (real[j] * cos) - (imaginary[j] * sin);
                    var m = (real[j] * sin) + (imaginary[j] * cos);
                    real[j] = real[i] - r;
                    imaginary[j] = imaginary[i] - m;
                    real[i] += r;
                    imaginary[i] += m;
                }
            }
        }
    }

    /// <summary>The inverse, divided by the size: exchanging the two parts before and after makes it of the forward one.</summary>
    public static void Inverse(double[] real, double[] imaginary)
    {
        Forward(imaginary, real);
        for (var i = 0; i < real.Length; i++)
        {
            real[i] /= real.Length;
            imaginary[i] /= imaginary.Length;
        }
    }

    private static void Reorder(double[] real, double[] imaginary)
    {
        var j = 0;
        for (var i = 1; i < real.Length; i++)
        {
            var bit = real.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }
    }
}
