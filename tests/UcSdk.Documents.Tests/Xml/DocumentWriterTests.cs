namespace UcSdk.Documents.Tests;

public sealed class DocumentWriterTests
{
    [Fact]
    public void The_roots_namespace_is_the_default_one_and_the_others_are_declared_on_the_root_with_the_prefixes_peers_know()
    {
        var root = new DocumentElement("urn:ietf:params:xml:ns:cccp", "request")
        {
            Children =
            [
                new("urn:ietf:params:xml:ns:cccp", "addUser")
                {
                    Attributes = [new("http://schemas.microsoft.com/rtc/2005/08/cccpextensions", "mcuUri", "sip:m")],
                    Children = [new("urn:ietf:params:xml:ns:conference-info", "user"), new("urn:other", "x")],
                },
            ],
        };

        Assert.Equal(
            """<request xmlns="urn:ietf:params:xml:ns:cccp" xmlns:mscp="http://schemas.microsoft.com/rtc/2005/08/cccpextensions" xmlns:ci="urn:ietf:params:xml:ns:conference-info" xmlns:ns3="urn:other"><addUser mscp:mcuUri="sip:m"><ci:user/><ns3:x/></addUser></request>""",
            TestDocuments.Text(root.ToBytes()));
    }

    [Fact]
    public void An_attribute_in_the_roots_namespace_gets_a_prefix_because_the_default_does_not_reach_attributes()
    {
        var root = new DocumentElement("urn:ietf:params:xml:ns:conference-info", "a")
        {
            Attributes = [new("urn:ietf:params:xml:ns:conference-info", "state", "full")],
        };

        Assert.Equal(
            """<a xmlns="urn:ietf:params:xml:ns:conference-info" xmlns:ci="urn:ietf:params:xml:ns:conference-info" ci:state="full"/>""",
            TestDocuments.Text(root.ToBytes()));
    }

    [Fact]
    public void An_element_without_namespace_inside_one_with_a_namespace_stays_without()
    {
        var root = new DocumentElement("urn:one", "a") { Children = [new("", "b") { Children = [new("urn:one", "c")] }] };

        Assert.Equal(root, TestDocuments.Tree(TestDocuments.Text(root.ToBytes())));
    }

    [Fact]
    public void What_is_published_declares_its_namespace_where_it_begins_so_that_it_can_be_cut_out()
    {
        const string state = "http://schemas.microsoft.com/2006/09/sip/state";
        var root = new DocumentElement("http://schemas.microsoft.com/2006/09/sip/categories", "category")
        {
            Children =
            [
                new(state, "state")
                {
                    Children = [new(state, "availability"), new("http://schemas.microsoft.com/2006/09/sip/commontypes", "end")],
                },
                new("http://schemas.microsoft.com/2006/09/sip/categories", "other"),
            ],
        };

        Assert.Equal(
            """<category xmlns="http://schemas.microsoft.com/2006/09/sip/categories"><state xmlns="http://schemas.microsoft.com/2006/09/sip/state"><availability/><end xmlns="http://schemas.microsoft.com/2006/09/sip/commontypes"/></state><other/></category>""",
            TestDocuments.Text(root.ToBytes()));
    }

    [Fact]
    public void The_roots_namespace_comes_back_inside_a_content_with_another_default()
    {
        var root = new DocumentElement("urn:ietf:params:xml:ns:cccp", "a")
        {
            Children = [new("http://schemas.microsoft.com/2006/09/sip/state", "b") { Children = [new("urn:ietf:params:xml:ns:cccp", "c"), new("urn:other", "d")] }],
        };

        Assert.Equal(root, TestDocuments.Tree(TestDocuments.Text(root.ToBytes())));
    }

    [Fact]
    public void Values_are_escaped_so_that_they_come_back_as_they_were()
    {
        const string nasty = "a<b>&\"'\r\n\t\u00E4\uD83D\uDE00]]>";
        var root = new DocumentElement("", "a") { Attributes = [new("", "k", nasty)], Text = nasty };

        Assert.Equal(root, TestDocuments.Tree(TestDocuments.Text(root.ToBytes())));
    }

    [Fact]
    public void Characters_that_xml_cannot_carry_become_replacement_characters()
    {
        var root = new DocumentElement("", "a") { Text = "x\0\u0001\uFFFE\uD800y" };

        Assert.Equal("x\uFFFD\uFFFD\uFFFD\uFFFDy", TestDocuments.Tree(TestDocuments.Text(root.ToBytes())).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("1a")]
    [InlineData("a><b")]
    public void A_name_that_is_none_is_the_callers_mistake(string name)
    {
        Assert.Throws<ArgumentException>(() => new DocumentElement("", name));
        Assert.Throws<ArgumentException>(() => new DocumentElement("", "a") { Attributes = [new("", name, "")] }.ToBytes());
    }

    [Fact]
    public void The_same_tree_gives_the_same_bytes_and_every_test_document_survives_the_way_through()
    {
        foreach (var name in TestDocuments.Names)
        {
            Assert.True(DocumentElement.TryRead(TestDocuments.Read(name), out var first, out _));
            Assert.True(DocumentElement.TryRead(first.ToBytes(), out var second, out _));
            Assert.Equal(first, second);
            Assert.Equal(first.ToBytes(), second.ToBytes());
        }
    }

    [Fact]
    public void Text_of_a_tree_does_not_show_its_content()
    {
        Assert.Equal("<a>", new DocumentElement("", "a") { Text = "secret" }.ToString());
    }
}
