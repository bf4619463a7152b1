using UcSdk.Core;

namespace UcSdk;

/// <summary>Cuts a stream into lines; of one that is too long nothing is kept. A last line without end is a line too.</summary>
internal sealed class LineReader(Stream stream, Limit limit)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _line = [];
    private int _from;
    private int _to;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    public bool TryRead(out ReadOnlyMemory<byte> line, out bool isTooLong)
    {
        _line.Clear();
        isTooLong = false;
        var hasAny = false;
        while (_from < _to || Fill())
        {
            hasAny = true;
            var rest = _buffer.AsSpan(_from, _to - _from);
            var end = rest.IndexOf((byte)'\n');
            var piece = end < 0 ? rest : rest[..end];
            isTooLong |= !limit.Allows(_line.Count + (long)piece.Length);
            if (isTooLong)
            {
                _line.Clear();
            }
            else
            {
                _line.AddRange(piece);
            }

            _from += piece.Length + (end < 0 ? 0 : 1);
            if (end >= 0)
            {
                break;
            }
        }

        Number += hasAny ? 1 : 0;
        line = _line.ToArray();
        return hasAny;
    }

    private bool Fill()
    {
        _from = 0;
        _to = stream.Read(_buffer);
        return _to > 0;
    }
}
