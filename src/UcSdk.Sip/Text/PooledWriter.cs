using System.Buffers;

namespace UcSdk.Sip;

/// <summary>Collects bytes in an array of the shared pool, which <see cref="Release"/> gives back: between two uses it holds nothing.</summary>
internal sealed class PooledWriter : IBufferWriter<byte>
{
    // Holds a signature text, or the header that carries a signature, without growing.
    private const int FirstSize = 512;

    private byte[] _bytes = [];

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written; good until more is.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Write(byte next)
    {
        GetSpan(1)[0] = next;
        Length++;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends a part of what is written.</summary>
    public void Repeat(Range part)
    {
        var (start, length) = part.GetOffsetAndLength(Length);
        _ = GetSpan(length);
        _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(Length));
        Length += length;
    }

    /// <summary>Takes a part out of what is written; what follows moves up.</summary>
    public void Remove(Range part)
    {
        var (start, length) = part.GetOffsetAndLength(Length);
        _bytes.AsSpan((start + length)..Length).CopyTo(_bytes.AsSpan(start));
        Length -= length;
    }

    public void Clear() => Length = 0;

    /// <summary>Gives the array back.</summary>
    public void Release()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        Length = 0;
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int count)
    {
        var needed = Length + Math.Max(count, 1);
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, FirstSize), _bytes.Length * 2));
        Written.CopyTo(larger);
        var length = Length;
        Release();
        (_bytes, Length) = (larger, length);
    }
}
