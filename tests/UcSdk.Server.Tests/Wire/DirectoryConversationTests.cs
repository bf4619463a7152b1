using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Searching the directory by SOAP over SIP, as a client of the SIPE family does.</summary>
public sealed class DirectoryConversationTests
{
    [Fact]
    public void Somebody_is_found_with_all_that_is_known_of_them()
    {
        using var lab = Lab();
        var found = Assert.Single(Search(lab, 100, (DirectoryAttributes.GivenName, "AD")).Entries);
        Assert.Equal(
            new DirectorySearchEntry("sip:ada@contoso.test")
            {
                DisplayName = "Ada Lovelace",
                Title = "Countess",
                Office = "1/2",
                Phone = "tel:+441234567",
                MobilePhone = "+44 (7) 89",
                HomePhone = "2",
                OtherPhone = "3",
                Company = "Contoso",
                City = "London",
                State = "LDN",
                Country = "GB",
                Email = "ada@contoso.test",
            },
            found);
    }

    [Theory]
    [InlineData(DirectoryAttributes.Surname, "love", "ada")]
    [InlineData(DirectoryAttributes.Surname, "hop", "grace")]
    [InlineData(DirectoryAttributes.GivenName, "grace", "grace")]
    [InlineData(DirectoryAttributes.DisplayName, "Ada L", "ada")]
    [InlineData(DirectoryAttributes.Mail, "ada@", "ada")]
    [InlineData(DirectoryAttributes.Company, "contoso", "ada")]
    [InlineData(DirectoryAttributes.Country, "gb", "ada")]
    [InlineData(DirectoryAttributes.Title, "count", "ada")]
    [InlineData(DirectoryAttributes.SipAddress, "sip:grace@contoso.test", "grace")]
    [InlineData(DirectoryAttributes.Phone, "+44 12 345", "ada")]
    [InlineData(DirectoryAttributes.MobilePhone, "tel:+44789", "ada")]
    [InlineData(DirectoryAttributes.GivenName, "da", "")]
    [InlineData(DirectoryAttributes.Phone, "tel:", "")]
    [InlineData(DirectoryAttributes.GivenName, "hid", "")]
    [InlineData("shoeSize", "4", "")]
    public void Attributes_are_compared_from_their_beginning(string attribute, string value, string expected)
    {
        using var lab = Lab();
        Assert.Equal(expected, string.Join(' ', Search(lab, 100, (attribute, value)).Entries.Select(entry => entry.Uri[4..^"@contoso.test".Length])));
    }

    [Fact]
    public void All_terms_must_hold()
    {
        using var lab = Lab();
        Assert.Single(Search(lab, 100, (DirectoryAttributes.GivenName, "Ada"), (DirectoryAttributes.Company, "Contoso")).Entries);
        Assert.Empty(Search(lab, 100, (DirectoryAttributes.GivenName, "Ada"), (DirectoryAttributes.Surname, "Hopper")).Entries);
    }

    [Fact]
    public void An_answer_holds_as_many_as_asked_for_and_says_when_there_are_more()
    {
        using var lab = Lab();
        var exact = Search(lab, 4, (DirectoryAttributes.SipAddress, "sip:"));
        Assert.Equal(["Ada Lovelace", "Alice", "Grace Hopper", "Zed"], exact.Entries.Select(entry => entry.DisplayName));
        Assert.False(exact.MoreAvailable);
        var fewer = Search(lab, 3, (DirectoryAttributes.SipAddress, "sip:"));
        Assert.Equal((3, true), (fewer.Entries.Count, fewer.MoreAvailable));
    }

    [Fact]
    public void An_answer_never_holds_more_than_the_server_gives()
    {
        using var lab = Lab(options => options with { MaxSearchResults = 2 });
        var result = Search(lab, 100, (DirectoryAttributes.SipAddress, "sip:"));
        Assert.Equal((2, true), (result.Entries.Count, result.MoreAvailable));
        Assert.Equal(2, Search(lab, null, (DirectoryAttributes.SipAddress, "sip:")).Entries.Count);
    }

    [Fact]
    public void Contacts_are_not_changed_at_the_address_of_the_domain()
    {
        using var lab = Lab();
        var alice = lab.SignIn("alice");
        alice.Request("SERVICE", "sip:contoso.test", "wrong", "Content-Type: application/SOAP+xml", Text(new AddGroupCommand(1, "a").ToBytes()));
        alice.ExpectsResponse(400);
    }

    [Fact]
    public void Two_groups_with_one_address_are_a_mistake_of_the_options()
    {
        var options = new UcServerOptions { DistributionGroups = [new("sales@contoso.test"), new("Sales@contoso.test")] };
        Assert.Throws<ArgumentException>(() => new UcServer(options));
    }

    private static ServerLab Lab(Func<UcServerOptions, UcServerOptions>? configure = null) => new(options =>
    {
        options = options with
        {
            Users =
            [
                new("alice") { DisplayName = "Alice" },
                new("zed") { DisplayName = "Zed" },
                new("grace") { DisplayName = "Grace Hopper" },
                new("hidden") { DisplayName = "Hidden", IsEnabled = false },
                new("ada")
                {
                    DisplayName = "Ada Lovelace", Title = "Countess", Office = "1/2", WorkPhone = "tel:+441234567", MobilePhone = "+44 (7) 89", HomePhone = "2", OtherPhone = "3",
                    Company = "Contoso", City = "London", State = "LDN", Country = "GB", Email = "ada@contoso.test",
                },
            ],
        };
        return configure?.Invoke(options) ?? options;
    });

    private static DirectorySearchResult Search(ServerLab lab, uint? most, params (string Attribute, string Value)[] terms)
    {
        var alice = lab.SignIn("alice");
        var request = new DirectorySearchRequest(ValueList.From(terms.Select(term => new DirectorySearchTerm(term.Attribute, term.Value)))) { MaxResults = most };
        alice.Request("SERVICE", "sip:contoso.test", "search", "Content-Type: application/SOAP+xml", Text(request.ToBytes()));
        var answer = alice.ExpectsResponse(200);
        Assert.Equal("application/SOAP+xml", answer.Headers[HeaderName.ContentType]);
        alice.Close();
        Assert.True(DirectorySearchResult.TryRead(answer.Body, out var result, out var error), error.ToString());
        return result;
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
