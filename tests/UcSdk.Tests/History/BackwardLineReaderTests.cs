using System.Text;
using UcSdk.Core;

namespace UcSdk.Tests;

/// <summary>Lines from the end are the lines from the beginning, the other way round.</summary>
public sealed class BackwardLineReaderTests
{
    // It reads 65,536 bytes at a time.
    [Theory]
    [InlineData("")]
    [InlineData("\n", "")]
    [InlineData("one", "one")]
    [InlineData("one\n", "one")]
    [InlineData("\none\n\ntwo", "", "one", "", "two")]
    [InlineData("one\ntwo\n\n", "one", "two", "")]
    public void Short_files_are_cut_at_their_line_ends(string text, params string[] lines) => Assert.Equal(lines.Reverse(), Read(text, 100));

    [Fact]
    public void Lines_may_lie_anywhere_between_the_blocks_that_are_read()
    {
        for (var length = 65_530; length < 65_543; length++)
        {
            string[] lines = [new('a', 3), new('b', length), "", new('c', length), new('d', 200_000), "e"];
            Assert.Equal(lines.Reverse(), Read(string.Join('\n', lines), 1_000_000));
            Assert.Equal(lines.Reverse(), Read(string.Join('\n', lines) + "\n", 1_000_000));
        }
    }

    [Fact]
    public void Of_a_line_that_is_too_long_nothing_is_kept_and_those_beside_it_are_read()
    {
        Assert.Equal(["e", "(too long)", "dddd", "a"], Read("a\ndddd\nddddd\ne", 4));
        Assert.Equal(["e", "(too long)", "a"], Read($"a\n{new string('d', 200_000)}\ne", 70_000));
    }

    [Fact]
    public void Each_line_is_known_by_where_it_begins()
    {
        var reader = new BackwardLineReader(new MemoryStream("one\n\ntwo\n"u8.ToArray()), new Limit("line", 10));
        var offsets = new List<long>();
        while (reader.TryRead(out _, out _))
        {
            offsets.Add(reader.Offset);
        }

        Assert.Equal([5, 4, 0], offsets);
    }

    private static List<string> Read(string text, int limit)
    {
        var reader = new BackwardLineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), new Limit("line", limit));
        var lines = new List<string>();
        while (reader.TryRead(out var line, out var isTooLong))
        {
            lines.Add(isTooLong ? "(too long)" : Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }
}
