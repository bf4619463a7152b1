using System.Numerics;

namespace UcSdk.Media;

/// <summary>
/// ITU-T G.711 in the sample values of 16-bit audio. Both laws give each sample a sign, one of eight segments that double in width, and
/// one of sixteen steps within the segment; µ-law biases the magnitude and inverts all bits, A-law inverts every second bit.
/// </summary>
internal static class G711
{
    private const int MuBias = 132;
    private const int MuClip = 32635;
    private const byte EvenBits = 0x55;

    /// <summary>The value of each µ-law code (G.711 table 2), times 4.</summary>
    public static readonly short[] MuValues = ComputeValues(DecodeMu);

    /// <summary>The value of each A-law code (G.711 table 1), times 8.</summary>
    public static readonly short[] AValues = ComputeValues(DecodeA);

    public static byte EncodeMu(short sample)
    {
        var magnitude = Math.Min(Math.Abs((int)sample), MuClip) + MuBias;
        var segment = BitOperations.Log2((uint)magnitude) - 7;
        var step = (magnitude >> (segment + 3)) & 0x0F;
        return (byte)~((sample < 0 ? 0x80 : 0) | (segment << 4) | step);
    }

    public static byte EncodeA(short sample)
    {
        var magnitude = (sample < 0 ? ~sample : sample) >> 3;
        var segment = magnitude < 32 ? 0 : BitOperations.Log2((uint)magnitude) - 4;
        var step = (magnitude >> Math.Max(segment, 1)) & 0x0F;
        return (byte)(((sample < 0 ? 0 : 0x80) | (segment << 4) | step) ^ EvenBits);
    }

    private static short DecodeMu(byte code)
    {
        var bits = (byte)~code;
        var magnitude = ((((bits & 0x0F) << 3) + MuBias) << ((bits & 0x70) >> 4)) - MuBias;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short DecodeA(byte code)
    {
        var bits = code ^ EvenBits;
        var segment = (bits & 0x70) >> 4;
        var magnitude = ((bits & 0x0F) << 4) + (segment == 0 ? 8 : 0x108);
        magnitude <<= Math.Max(segment - 1, 0);
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static short[] ComputeValues(Func<byte, short> decode)
    {
        var values = new short[256];
        for (var code = 0; code < values.Length; code++)
        {
            values[code] = decode((byte)code);
        }

        return values;
    }
}
