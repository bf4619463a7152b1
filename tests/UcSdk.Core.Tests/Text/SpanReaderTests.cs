using System.Buffers;
using System.Text;

namespace UcSdk.Core.Tests;

public sealed class SpanReaderTests
{
    private static readonly SearchValues<byte> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz"u8);

    [Fact]
    public void Bytes_are_seen_read_and_skipped_one_by_one()
    {
        var reader = new SpanReader("ab"u8);

        Assert.True(reader.TryPeek(out var next) && next == 'a' && reader.Position == 0);
        Assert.True(reader.TryRead(out next) && next == 'a' && reader.Position == 1);
        Assert.False(reader.TrySkip((byte)'x'));
        Assert.True(reader.TrySkip((byte)'b'));
        Assert.True(reader.IsAtEnd);
        Assert.False(reader.TryRead(out _));
        Assert.False(reader.TryPeek(out _));
        Assert.False(reader.TrySkip((byte)'b'));
    }

    [Fact]
    public void Words_are_skipped_whole_or_not_at_all()
    {
        var reader = new SpanReader("SIP/2.0"u8);

        Assert.False(reader.TrySkip("SIP/3"u8));
        Assert.Equal(0, reader.Position);
        Assert.True(reader.TrySkip("SIP/"u8));
        Assert.False(reader.TrySkip("2.0 "u8));
        Assert.Equal("2.0", Text(reader.ReadRest()));
        Assert.True(reader.IsAtEnd);
    }

    [Theory]
    [InlineData(" \t x", "x")]
    [InlineData("x", "x")]
    [InlineData("\r\n x", "x")]
    [InlineData("\n\tx", "x")]
    [InlineData(" \r\n  \r\n x", "x")]
    [InlineData("\r\nx", "\r\nx")]
    [InlineData(" \r\n", "\r\n")]
    [InlineData("\r", "\r")]
    [InlineData("", "")]
    public void White_space_is_skipped_over_folds_but_not_over_line_ends(string text, string rest)
    {
        var reader = new SpanReader(Encoding.ASCII.GetBytes(text));
        reader.SkipWhitespace();

        Assert.Equal(rest, Text(reader.Rest));
    }

    [Fact]
    public void Reading_to_a_delimiter_steps_over_it_and_without_one_does_not_move()
    {
        var reader = new SpanReader("a;b"u8);

        Assert.True(reader.TryReadTo((byte)';', out var part));
        Assert.Equal("a", Text(part));
        Assert.False(reader.TryReadTo((byte)';', out part));
        Assert.True(part.IsEmpty);
        Assert.Equal("b", Text(reader.Rest));
    }

    [Fact]
    public void Reading_until_any_delimiter_stops_before_it_or_at_the_end()
    {
        var reader = new SpanReader("a,b;c"u8);

        Assert.Equal("a", Text(reader.ReadUntilAny(";,"u8)));
        Assert.True(reader.TrySkip((byte)','));
        Assert.Equal("b", Text(reader.ReadUntilAny(";,"u8)));
        reader.TrySkip((byte)';');
        Assert.Equal("c", Text(reader.ReadUntilAny(";,"u8)));
    }

    [Fact]
    public void Runs_of_a_set_are_read_whole_and_an_empty_run_is_none()
    {
        var reader = new SpanReader("abc1"u8);

        Assert.True(reader.TryReadWhile(Letters, out var part));
        Assert.Equal("abc", Text(part));
        Assert.False(reader.TryReadWhile(Letters, out _));
        Assert.Equal(3, reader.Position);
    }

    [Theory]
    [InlineData("0", true, 0, 1)]
    [InlineData("0070 x", true, 70, 4)]
    [InlineData("9223372036854775807", true, long.MaxValue, 19)]
    [InlineData("9223372036854775808", false, 0, 0)]
    [InlineData("99999999999999999999", false, 0, 0)]
    [InlineData("", false, 0, 0)]
    [InlineData("-1", false, 0, 0)]
    public void Numbers_are_read_up_to_64_bits_and_nothing_moves_otherwise(string text, bool read, long expected, int position)
    {
        var reader = new SpanReader(Encoding.ASCII.GetBytes(text));

        Assert.Equal(read, reader.TryReadNumber(out var value));
        Assert.Equal(position, reader.Position);
        Assert.Equal(expected, value);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);
}
