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
        return file;
    }

    /// <summary>Adds messages, and ends when they are on the disk.</summary>
    public void Append(IReadOnlyList<HistoryMessage> messages)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var message in messages)
        {
            HistoryJson.Write(message, lines);
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

    /// <summary>The messages that match, and the lines that are none.</summary>
    public static (IReadOnlyList<HistoryMessage> Found, IReadOnlyList<JsonLinesDamage> Damages) Read(string path, HistoryQuery query)
    {
        var found = new HistorySelection(query);
        var damages = new List<JsonLinesDamage>();
        if (!File.Exists(path))
        {
            return ([], damages);
        }

        using var stream = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0 });
        var reader = new LineReader(stream, MaxLineBytes);
        while (reader.TryRead(out var line, out var isTooLong))
        {
            if (line.IsEmpty && !isTooLong)
            {
                continue;
            }

            var error = MaxLineBytes.Exceeded(0).ToString();
            if (!isTooLong && HistoryJson.TryRead(line, out var message, out error))
            {
                found.Add(message);
            }
            else if (damages.Count < JsonLinesDamage.MaxDamages)
            {
                damages.Add(new JsonLinesDamage(reader.Number, error));
            }
        }

        return (found.ToList(), damages);
    }

    public void Dispose() => _stream.Dispose();

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
