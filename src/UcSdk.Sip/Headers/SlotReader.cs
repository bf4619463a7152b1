using System.Buffers;
using System.Text;

namespace UcSdk.Sip;

/// <summary>Reads and writes the slots of one message.</summary>
/// <param name="bytes">What the slices are slices of.</param>
internal readonly struct SlotReader(byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    public HeaderName NameOf(in HeaderSlot slot) =>
        slot.Id != 0 ? HeaderName.OfId(slot.Id)
        : slot.IsSlice ? HeaderName.Of(WireText.Read(NameBytes(slot)))
        : ((HeaderValue)slot.Made!).Name!;

    public bool HasName(in HeaderSlot slot, HeaderName name) =>
        slot.Id == name.Id && (slot.Id != 0 || (slot.IsSlice ? Scan.EqualsIgnoreCase(NameBytes(slot), name.Bytes) : ((HeaderValue)slot.Made!).Name!.Equals(name)));

    /// <summary>The value as text, on one line; kept in the slot.</summary>
    public string TextOf(ref HeaderSlot slot)
    {
        if (slot.Text is { } known)
        {
            return known;
        }

        var text = ValueOf(ref slot).ToString();
        slot.KeepText(text);
        return text;
    }

    /// <summary>The value as bytes, on one line.</summary>
    public WireSlice ValueOf(ref HeaderSlot slot)
    {
        if (!slot.IsSlice)
        {
            return slot.OwnBytes is { } own ? new(own, 0, own.Length) : WireText.Encode(slot.Text!);
        }

        var value = RawValue(slot);
        return slot.IsFolded ? Unfold(value.Span) : value;
    }

    /// <summary>Writes the value as bytes on one line, without blanks around it.</summary>
    public void WriteValue(IBufferWriter<byte> writer, ref HeaderSlot slot)
    {
        if (slot.IsSlice || slot.OwnBytes is not null)
        {
            writer.Write(ValueOf(ref slot).Trim().Span);
        }
        else
        {
            var text = slot.Text.AsSpan().Trim();
            writer.Advance(Encoding.UTF8.GetBytes(text, writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length))));
        }
    }

    /// <summary>True when the slot certainly holds one value: there is no comma in it.</summary>
    public bool IsSingle(ref HeaderSlot slot) =>
        slot.IsSlice ? Scan.IndexOf(RawValue(slot).Span, (byte)',') < 0
        : slot.OwnBytes is { } own ? Scan.IndexOf(own, (byte)',') < 0 : !slot.Text!.Contains(',', StringComparison.Ordinal);

    /// <summary>Writes <c>Name: value</c> and the line end: a slice as it came, folds and all, under the full name; what was set to bytes likewise.</summary>
    public void Write(IBufferWriter<byte> writer, in HeaderSlot slot)
    {
        if (slot.IsSlice || slot.OwnBytes is not null)
        {
            var name = slot.Id == 0 ? NameBytes(slot) : HeaderName.OfId(slot.Id).Bytes;
            var value = slot.IsSlice ? RawValue(slot).Span : slot.OwnBytes;
            var line = writer.GetSpan(name.Length + value.Length + 4);
            name.CopyTo(line);
            ": "u8.CopyTo(line[name.Length..]);
            value.CopyTo(line[(name.Length + 2)..]);
            "\r\n"u8.CopyTo(line[(name.Length + 2 + value.Length)..]);
            writer.Advance(name.Length + value.Length + 4);
        }
        else
        {
            var name = NameOf(slot).Bytes;
            var text = slot.Text!;
            var line = writer.GetSpan(name.Length + Encoding.UTF8.GetMaxByteCount(text.Length) + 4);
            name.CopyTo(line);
            ": "u8.CopyTo(line[name.Length..]);
            var end = name.Length + 2 + Encoding.UTF8.GetBytes(text, line[(name.Length + 2)..]);
            "\r\n"u8.CopyTo(line[end..]);
            writer.Advance(end + 2);
        }
    }

    // RFC 3261 §7.3.1: a line end with blanks around it means one blank.
    private static WireSlice Unfold(ReadOnlySpan<byte> folded)
    {
        var line = new byte[folded.Length];
        var length = 0;
        while (!folded.IsEmpty)
        {
            var end = Scan.IndexOf(folded, (byte)'\n');
            var part = (end < 0 ? folded : folded[..end]).Trim(" \t\r"u8);
            folded = end < 0 ? default : folded[(end + 1)..];
            if (part.IsEmpty)
            {
                continue;
            }

            if (length > 0)
            {
                line[length++] = (byte)' ';
            }

            part.CopyTo(line.AsSpan(length));
            length += part.Length;
        }

        return new(line[..length], 0, length);
    }

    // The slot of a name that is not known is its whole line.
    private ReadOnlySpan<byte> NameBytes(in HeaderSlot slot)
    {
        var line = Bytes.AsSpan(slot.Start, slot.Length);
        return line[..Scan.TrimEnd(line, 0, Scan.IndexOf(line, (byte)':'))];
    }

    private WireSlice RawValue(in HeaderSlot slot)
    {
        var (start, end) = (slot.Start, slot.Start + slot.Length);
        if (slot.Id == 0)
        {
            start = Scan.SkipBlanks(Bytes, start + Scan.IndexOf(Bytes.AsSpan(start, slot.Length), (byte)':') + 1, end);
        }

        return new(Bytes, start, end);
    }
}
