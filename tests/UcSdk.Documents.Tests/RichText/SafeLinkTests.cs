namespace UcSdk.Documents.Tests;

public sealed class SafeLinkTests
{
    [Theory]
    [InlineData("http://a", "http://a")]
    [InlineData("HTTPS://a/b c", "https://a/b%20c")]
    [InlineData(" ht\ttp://a\r\n ", "http://a")]
    [InlineData("ftp://a", "ftp://a")]
    [InlineData("tel:+1", "tel:+1")]
    [InlineData("sips:a@b;x=y", "sips:a@b;x=y")]
    [InlineData("im:a@b", "im:a@b")]
    [InlineData("callto:a", "callto:a")]
    [InlineData("http://bücher.example/ä", "http://bücher.example/ä")]
    [InlineData("http://a/\"'<>{}|^`", "http://a/%22'%3C%3E%7B%7D%7C%5E%60")]
    public void A_safe_link_is_kept_in_one_form(string link, string kept)
    {
        Assert.Equal(kept, SafeLink.Of(link));
        Assert.Equal(kept, SafeLink.Of(kept));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a")]
    [InlineData("/a")]
    [InlineData("//a")]
    [InlineData("http:")]
    [InlineData("http:a")]
    [InlineData("http:///a")]
    [InlineData("http://")]
    [InlineData("http://?a")]
    [InlineData("http:\\\\a")]
    [InlineData("http://a\\@b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("vbscript:x")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("cid:1")]
    [InlineData("http://a\u0000")]
    [InlineData("http://a\u202Egpj.exe")]
    [InlineData("http\u00A0://a")]
    public void Everything_else_is_no_link(string? link) => Assert.Null(SafeLink.Of(link));

    [Fact]
    public void Blanks_behind_a_link_cost_no_more_than_the_link()
    {
        var link = "http://a".PadRight(SafeLink.MaxLength);
        Assert.Equal("http://a", SafeLink.Of(link));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = SafeLink.Of(link);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60 * SafeLink.MaxLength);
    }

    // A string in an attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_is_no_link() => Assert.Null(SafeLink.Of("http://a\uD800"));

    [Fact]
    public void A_link_is_kept_up_to_its_limit()
    {
        var link = "http://a/".PadRight(SafeLink.MaxLength, 'b');
        Assert.Equal(link, SafeLink.Of(link));
        Assert.Null(SafeLink.Of(link + "b"));
        Assert.Null(SafeLink.Of(string.Concat(link.AsSpan(0, SafeLink.MaxLength - 1), " b")));
    }
}
