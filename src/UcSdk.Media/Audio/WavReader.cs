using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace UcSdk.Media;

/// <summary>Reads WAV files (RIFF): linear PCM of 16 bits, mono or stereo, at any rate. Other chunks are stepped over.</summary>
public static class WavReader
{
    private const int ChunkHeader = 8;
    private const int Pcm = 1;
    private const int Extensible = 0xFFFE;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="audio">The audio.</param>
    /// <param name="error">Where and why it could not be read.</param>
    /// <returns>True when it was read.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out WavAudio? audio, out WavError error)
    {
        audio = null;
        error = default;
        var bytes = file.Span;
        if (bytes.Length < 12 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WAVE"u8))
        {
            error = new(0, "RIFF … WAVE", "RIFF header");
            return false;
        }

        (int Channels, int Rate)? format = null;
        var chunks = 0;
        for (var at = 12; at + ChunkHeader <= bytes.Length;)
        {
            if (!WavLimits.MaxChunks.Allows(++chunks))
            {
                error = new(at, $"at most {WavLimits.MaxChunks.Maximum}", WavLimits.MaxChunks.Name);
                return false;
            }

            // Who writes to a pipe cannot know the size, and says more than there is.
            var size = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]), bytes.Length - at - ChunkHeader);
            var content = bytes.Slice(at + ChunkHeader, (int)size);
            if (bytes[at..].StartsWith("fmt "u8) && !TryReadFormat(content, out format))
            {
                error = new(at + ChunkHeader, "16-bit PCM, 1 or 2 channels, 4000 to 192000 samples per second", "fmt chunk");
                return false;
            }

            if (bytes[at..].StartsWith("data"u8))
            {
                return TryReadSamples(content, at, format, out audio, out error);
            }

            at += ChunkHeader + content.Length + (content.Length % 2);
        }

        error = new(bytes.Length, "a data chunk", "data chunk");
        return false;
    }

    private static bool TryReadFormat(ReadOnlySpan<byte> content, out (int Channels, int Rate)? format)
    {
        format = null;
        if (content.Length < 16)
        {
            return false;
        }

        // An extensible format has the real one in the first two bytes of its GUID.
        var tag = (int)BinaryPrimitives.ReadUInt16LittleEndian(content);
        tag = tag == Extensible && content.Length >= 26 ? BinaryPrimitives.ReadUInt16LittleEndian(content[24..]) : tag;
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(content[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(content[14..]);
        if (tag != Pcm || bits != 16 || channels is not (1 or 2) || rate is < Resampler.MinRate or > Resampler.MaxRate)
        {
            return false;
        }

        format = (channels, (int)rate);
        return true;
    }

    private static bool TryReadSamples(
        ReadOnlySpan<byte> content, int at, (int Channels, int Rate)? format, [NotNullWhen(true)] out WavAudio? audio, out WavError error)
    {
        audio = null;
        error = default;
        if (format is not { } known)
        {
            error = new(at, "a fmt chunk before the data", "fmt chunk");
            return false;
        }

        var count = content.Length / 2 / known.Channels * known.Channels;
        if (!WavLimits.MaxSamples.Allows(count))
        {
            error = new(at, $"at most {WavLimits.MaxSamples.Maximum}", WavLimits.MaxSamples.Name);
            return false;
        }

        var samples = new short[count];
        content[..(2 * count)].CopyTo(MemoryMarshal.AsBytes(samples.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }

        audio = new(samples, known.Rate, known.Channels);
        return true;
    }
}
