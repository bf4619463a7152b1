namespace UcSdk.Core.Tests;

public sealed class TextValueTests
{
    [Fact]
    public void A_limit_allows_its_maximum_and_not_one_more()
    {
        var limit = new Limit("MaxThings", 3);

        Assert.True(limit.Allows(3));
        Assert.False(limit.Allows(4));
        Assert.Equal("offset 7: expected at most 3 (MaxThings)", limit.Exceeded(7).ToString());
    }

    [Fact]
    public void No_error_is_the_default()
    {
        Assert.True(default(ParseError).IsNone);
        Assert.Equal("no error", default(ParseError).ToString());
        Assert.False(new ParseError(0, "x", "y").IsNone);
    }

    [Fact]
    public void Redacted_values_show_only_when_they_may()
    {
        Assert.Equal("[redacted]", $"{new Redacted<string>("sip:bob@example.com", Show: false)}");
        Assert.Equal("sip:bob@example.com", $"{new Redacted<string>("sip:bob@example.com", Show: true)}");
        Assert.Equal("", new Redacted<string?>(null, Show: true).ToString());
    }
}
