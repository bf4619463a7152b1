using System.Buffers;

namespace UcSdk.Sip;

/// <content>What the stack reads of fields without making their text.</content>
public sealed partial class SipHeaders
{
    /// <summary>The first value of that name as a number; false when it is absent or none.</summary>
    internal bool TryReadNumber(HeaderName name, out int number)
    {
        number = 0;
        return Find(name, 0) is var at and >= 0 && Scan.TryReadNumber(_reader.ValueOf(ref _slots[at]).Trim().Span, out number);
    }

    /// <summary>How many fields of that name there are.</summary>
    internal int CountOf(HeaderName name)
    {
        var count = 0;
        for (var at = Find(name, 0); at >= 0; at = Find(name, at + 1))
        {
            count++;
        }

        return count;
    }

    /// <summary>Writes the value of a field as it stands, on one line; false when there are not so many of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="occurrence">Which field of that name, from 0.</param>
    /// <param name="writer">Where it goes; nothing else is allocated for what is not folded.</param>
    internal bool TryWriteValue(HeaderName name, int occurrence, IBufferWriter<byte> writer)
    {
        var at = FindNth(name, occurrence);
        if (at >= 0)
        {
            _reader.WriteValue(writer, ref _slots[at]);
        }

        return at >= 0;
    }

    /// <summary>The bytes of a field's value, on one line; false when there are not so many of that name. Of a received message nothing is copied.</summary>
    internal bool TryGetValue(HeaderName name, int occurrence, out WireSlice value)
    {
        var at = FindNth(name, occurrence);
        value = at >= 0 ? _reader.ValueOf(ref _slots[at]).Trim() : default;
        return at >= 0;
    }

    /// <summary>The value of the first field of that name for a look-up: put into the caller's room where it can be, so that nothing is allocated; empty when absent.</summary>
    internal ReadOnlySpan<char> TextIn(HeaderName name, Span<char> room)
    {
        var at = Find(name, 0);
        return at >= 0 && _slots[at] is { IsSlice: true, Text: null } && WireText.TryWiden(_reader.ValueOf(ref _slots[at]).Span, room, out var text) ? text : this[name];
    }

    private int FindNth(HeaderName name, int occurrence)
    {
        var at = Find(name, 0);
        while (at >= 0 && occurrence-- > 0)
        {
            at = Find(name, at + 1);
        }

        return at;
    }
}
