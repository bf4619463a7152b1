namespace UcSdk.Sip;

/// <summary>A part of an array that stays as it is: what a lazily read value keeps of its message.</summary>
/// <param name="Bytes">The whole message, or the text of one value.</param>
/// <param name="Start">Where the part begins.</param>
/// <param name="End">Where it ends; the byte there is not part of it.</param>
internal readonly record struct WireSlice(byte[] Bytes, int Start, int End)
{
    public ReadOnlySpan<byte> Span => Bytes.AsSpan(Start, End - Start);

    /// <summary>Everything from the beginning of the array to the end of the part, so that indices are those of the array.</summary>
    public ReadOnlySpan<byte> Upto => Bytes.AsSpan(0, End);

    /// <summary>The part without the blanks around it.</summary>
    public WireSlice Trim()
    {
        var start = Scan.SkipBlanks(Bytes, Start, End);
        return new(Bytes, start, Scan.TrimEnd(Bytes, start, End));
    }

    public override string ToString() => WireText.Read(Span);
}
