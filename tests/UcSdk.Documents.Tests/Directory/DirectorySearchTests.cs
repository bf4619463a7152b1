namespace UcSdk.Documents.Tests;

public sealed class DirectorySearchTests
{
    [Fact]
    public void The_specifications_request_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("ms-pres-2.2.1-directorySearch.xml");
        Assert.True(SoapRequest.TryRead(bytes, out var request, out var error), error.ToString());

        var search = Assert.IsType<DirectorySearchRequest>(request);
        Assert.Equal(new DirectorySearchTerm(DirectoryAttributes.GivenName, "Alice"), Assert.Single(search.Terms));
        Assert.Equal(100u, search.MaxResults);
        Assert.Equal(TestDocuments.Tree(TestDocuments.Text(bytes)), TestDocuments.Tree(TestDocuments.Text(search.ToBytes())));
        Assert.DoesNotContain("Alice", search.Terms[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<directorySearch/>", "Envelope/Body/directorySearch/filter/@href")]
    [InlineData("<directorySearch/><Array id='a'/>", "Envelope/Body/Array/row")]
    [InlineData("<directorySearch/><Array id='a'><row value='x'/></Array>", "Envelope/Body/Array/row/@attrib")]
    public void A_request_that_asks_for_nothing_is_refused_with_the_place(string text, string where)
    {
        Assert.False(SoapRequest.TryRead(TestDocuments.Utf8($"<Envelope><Body>{text}</Body></Envelope>"), out _, out var error));
        Assert.Equal(where, error.Where);
    }

    [Fact]
    public void A_request_finds_its_rows_by_their_id()
    {
        const string Text = "<Envelope><Body><directorySearch><filter href='#b'/></directorySearch><Array id='a'><row attrib='sn' value='1'/></Array><Array id='b'><row attrib='sn' value='2'/></Array></Body></Envelope>";
        Assert.True(SoapRequest.TryRead(TestDocuments.Utf8(Text), out var request, out _));
        Assert.Equal("2", Assert.IsType<DirectorySearchRequest>(request).Terms[0].Value);
    }

    [Fact]
    public void An_answer_comes_back_as_it_was_written()
    {
        var result = new DirectorySearchResult(
            [
                new("sip:alice@contoso.com")
                {
                    DisplayName = "Alice \"A\" <x>", Title = "t", Office = "o", Phone = "1", HomePhone = "2", MobilePhone = "3", OtherPhone = "4",
                    Company = "c", City = "ci", State = "s", Country = "co", Email = "e@x", ExtensionAttributes = [new("", "later", "kept")],
                },
            ],
            MoreAvailable: true);
        Assert.True(DirectorySearchResult.TryRead(result.ToBytes(), out var again, out var error), error.ToString());

        Assert.Equal(result, again);
        Assert.Equal("directorySearch: 1 entries and more", again.ToString());
    }

    [Fact]
    public void An_answer_is_written_as_clients_read_it()
    {
        var text = TestDocuments.Text(new DirectorySearchResult([new("sip:a@x")], MoreAvailable: false).ToBytes());
        Assert.Contains("<m:moreAvailable>false</m:moreAvailable>", text, StringComparison.Ordinal);
        Assert.Contains("<m:row m:uri=\"sip:a@x\" m:displayName=\"\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_without_rows_is_one()
    {
        Assert.True(DirectorySearchResult.TryRead(TestDocuments.Utf8("<Envelope><Body><directorySearch><moreAvailable>true</moreAvailable></directorySearch></Body></Envelope>"), out var result, out _));
        Assert.Empty(result.Entries);
        Assert.True(result.MoreAvailable);
    }

    [Theory]
    [InlineData("<Envelope><Body><other/></Body></Envelope>")]
    [InlineData("<Envelope><Body><directorySearch/><Array><row displayName='x'/></Array></Body></Envelope>")]
    [InlineData("<Envelope><Body/></Envelope>")]
    public void An_answer_that_is_none_is_refused(string text)
    {
        Assert.False(DirectorySearchResult.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.False(error.IsNone);
    }
}
