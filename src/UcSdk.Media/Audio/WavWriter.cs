using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace UcSdk.Media;

/// <summary>Writes a WAV file (RIFF) of 16-bit linear PCM, piece by piece. Disposing it completes the file.</summary>
public sealed class WavWriter : IDisposable
{
    private const int HeaderLength = 44;

    // The sizes in the file are 32 bits; what follows the first of them is the data and 36 bytes more.
    private const long MaxData = uint.MaxValue - (HeaderLength - 8);

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly long _start;
    private readonly int _sampleRate;
    private readonly int _channelCount;
    private long _length;
    private bool _isDisposed;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to write it; must be able to seek, because the sizes are known only in the end.</param>
    /// <param name="sampleRate">Samples per second and channel.</param>
    /// <param name="channelCount">1 or 2.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the file is complete; default false.</param>
    /// <exception cref="ArgumentException">The stream cannot seek or write, or a number is out of range.</exception>
    public WavWriter(Stream stream, int sampleRate, int channelCount = 1, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channelCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channelCount, 2);
        if (!stream.CanSeek || !stream.CanWrite)
        {
            throw new ArgumentException("A WAV file is written to a stream that can seek.", nameof(stream));
        }

        _stream = stream;
        _leaveOpen = leaveOpen;
        _start = stream.Position;
        _sampleRate = sampleRate;
        _channelCount = channelCount;
        WriteHeader();
    }

    /// <summary>Adds samples, those of the channels taking turns.</summary>
    /// <param name="samples">The samples.</param>
    /// <exception cref="InvalidOperationException">The file would grow beyond the 4 GiB that the format allows.</exception>
    public void Write(ReadOnlyMemory<short> samples)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_length + (2L * samples.Length) > MaxData)
        {
            throw new InvalidOperationException("A WAV file cannot hold more than 4 GiB.");
        }

        _length += 2L * samples.Length;
        if (BitConverter.IsLittleEndian)
        {
            _stream.Write(MemoryMarshal.AsBytes(samples.Span));
            return;
        }

        Span<byte> pair = stackalloc byte[2];
        foreach (var sample in samples.Span)
        {
            BinaryPrimitives.WriteInt16LittleEndian(pair, sample);
            _stream.Write(pair);
        }
    }

    /// <summary>Writes the sizes and closes the stream unless it is to stay open.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        var end = _stream.Position;
        _stream.Position = _start;
        WriteHeader();
        _stream.Position = end;
        _stream.Flush();
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(_length + HeaderLength - 8));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)_channelCount);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)_sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(_sampleRate * _channelCount * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)(_channelCount * 2));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], (uint)_length);
        _stream.Write(header);
    }
}
