using System.Buffers;

namespace UcSdk.Sip;

/// <summary>Counts what is written and keeps nothing of it.</summary>
internal sealed class CountingWriter : IBufferWriter<byte>
{
    private byte[] _scratch = new byte[512];

    public int Count { get; private set; }

    public void Advance(int count) => Count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (sizeHint > _scratch.Length)
        {
            _scratch = new byte[sizeHint];
        }

        return _scratch;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
