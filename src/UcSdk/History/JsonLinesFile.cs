using System.Buffers;
using UcSdk.Core;

namespace UcSdk;

/// <summary>The file of a <see cref="JsonLinesHistory"/>. Everything here blocks, and is called by one thread at a time.</summary>
internal sealed class JsonLinesFile : IDisposable
{
    /// <summary>Bytes of one line without its end; a longer one is passed over.</summary>
    public static readonly Limit MaxLineBytes = new(nameof(MaxLineBytes), 1024 * 1024);

    private const byte LineEnd = (byte)'\n';

    private readonly FileStream _stream;

    // No message in it is later.
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    private JsonLinesFile(FileStream stream) => _stream = stream;

    /// <summary>Opens the file to add to it, or makes it. A line that was torn stays, and is ended so that the next one begins anew.</summary>
    public static JsonLinesFile Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            // What people say to each other is nobody else's business, whatever the process's mask says.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(path, options);
        var file = new JsonLinesFile(stream);
        file.EndTornLine();
        file._latest = FindLatest(stream);
        stream.Seek(0, SeekOrigin.End);
        return file;
    }

    /// <summary>Adds messages, and ends when they are on the disk.</summary>
    public void Append(IReadOnlyList<HistoryMessage> messages)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            HistoryJson.Write(message, lines, isLate: HistorySelection.LatestBefore(message.Time) < _latest);
            _latest = message.Time > _latest ? message.Time : _latest;
            lines.Write([LineEnd]);
        }

        try
        {
            _stream.Write(lines.WrittenSpan);
            _stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            EndTornLine();
            throw;
        }
    }

    /// <summary>The messages that match, and the lines that are none among those that had to be read for it: from the end, as far as there can be any that match.</summary>
    public static (IReadOnlyList<HistoryMessage> Found, IReadOnlyList<JsonLinesDamage> Damages) Read(string path, HistoryQuery query)
    {
        var found = new HistorySelection(query);
        var damages = new List<(long Offset, string Reason)>();
        if (!File.Exists(path))
        {
            return ([], []);
        }

        using var stream = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0 });
        var reader = new BackwardLineReader(stream, MaxLineBytes);
        while (reader.TryRead(out var line, out var isTooLong))
        {
            if (line.IsEmpty && !isTooLong)
            {
                continue;
            }

            var error = MaxLineBytes.Exceeded(0).ToString();
            if (!isTooLong && HistoryJson.TryRead(line, out var message, out var isLate, out error))
            {
                found.Add(message, reader.Offset);
                if (!isLate && found.IsCompleteAt(message.Time))
                {
                    break;
                }
            }
            else if (damages.Count < JsonLinesDamage.MaxDamages)
            {
                damages.Add((reader.Offset, error));
            }
        }

        damages.Reverse();
        return (found.ToList(), Number(stream, damages));
    }

    public void Dispose() => _stream.Dispose();

    // Where a line stands is known from the end; which one it is only from the beginning.
    private static List<JsonLinesDamage> Number(FileStream stream, List<(long Offset, string Reason)> damages)
    {
        var numbered = new List<JsonLinesDamage>(damages.Count);
        var buffer = new byte[64 * 1024];
        var (number, at) = (1L, 0L);
        stream.Seek(0, SeekOrigin.Begin);
        foreach (var (offset, reason) in damages)
        {
            while (at < offset)
            {
                var count = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, offset - at));
                number += buffer.AsSpan(0, count).Count(LineEnd);
                at += count;
            }

            numbered.Add(new(number, reason));
        }

        return numbered;
    }

    private static DateTimeOffset FindLatest(FileStream stream)
    {
        var reader = new BackwardLineReader(stream, MaxLineBytes);
        while (reader.TryRead(out var line, out var isTooLong))
        {
            if (!isTooLong && HistoryJson.TryRead(line, out var message, out var isLate, out _) && !isLate)
            {
                return HistorySelection.LatestBefore(message.Time);
            }
        }

        return DateTimeOffset.MinValue;
    }

    private void EndTornLine()
    {
        _stream.Seek(0, SeekOrigin.End);
        if (_stream.Length == 0)
        {
            return;
        }

        _stream.Seek(-1, SeekOrigin.End);
        if (_stream.ReadByte() != LineEnd)
        {
            _stream.WriteByte(LineEnd);
        }
    }
}
