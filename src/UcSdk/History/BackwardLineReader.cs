using UcSdk.Core;

namespace UcSdk;

/// <summary>Cuts a stream into lines from its end; of one that is too long nothing is kept. A last line without end is a line too.</summary>
internal sealed class BackwardLineReader(Stream stream, Limit limit)
{
    private const int BlockBytes = 64 * 1024;

    private readonly byte[] _block = new byte[BlockBytes];
    private readonly List<byte[]> _pieces = [];
    private long _blockStart = -1;
    private int _to;
    private bool _isFinished;

    /// <summary>Where the line read last begins.</summary>
    public long Offset { get; private set; }

    public bool TryRead(out ReadOnlyMemory<byte> line, out bool isTooLong)
    {
        line = default;
        isTooLong = false;
        if (_blockStart < 0)
        {
            Begin();
        }

        if (_isFinished)
        {
            return false;
        }

        _pieces.Clear();
        var length = 0L;
        while (true)
        {
            if (_to == 0 && !Fill())
            {
                (_isFinished, Offset) = (true, 0);
                break;
            }

            var rest = _block.AsSpan(0, _to);
            var end = rest.LastIndexOf((byte)'\n');
            var piece = rest[(end + 1)..];
            length += piece.Length;
            isTooLong = !limit.Allows(length);
            if (isTooLong)
            {
                _pieces.Clear();
            }
            else
            {
                _pieces.Add(piece.ToArray());
            }

            _to = Math.Max(end, 0);
            if (end >= 0)
            {
                Offset = _blockStart + end + 1;
                break;
            }
        }

        line = Join();
        return true;
    }

    // The end of the last line begins no line.
    private void Begin()
    {
        _blockStart = stream.Length;
        if (!Fill())
        {
            _isFinished = true;
        }
        else if (_block[_to - 1] == (byte)'\n')
        {
            _to--;
        }
    }

    private bool Fill()
    {
        var count = (int)Math.Min(BlockBytes, _blockStart);
        _blockStart -= count;
        stream.Seek(_blockStart, SeekOrigin.Begin);
        stream.ReadExactly(_block, 0, count);
        _to = count;
        return count > 0;
    }

    private byte[] Join()
    {
        if (_pieces is [var only])
        {
            return only;
        }

        _pieces.Reverse();
        return [.. _pieces.SelectMany(piece => piece)];
    }
}
