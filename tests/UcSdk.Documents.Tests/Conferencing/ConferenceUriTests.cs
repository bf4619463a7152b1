namespace UcSdk.Documents.Tests;

public sealed class ConferenceUriTests
{
    private const string Focus = "sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:7ECB5F9B";

    [Theory]
    [InlineData(Focus, "focus", "7ECB5F9B")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:audio-video:id:7ECB5F9B", "audio-video", "7ECB5F9B")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:applicationsharing:id:7ECB5F9B", "applicationsharing", "7ECB5F9B")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory", "focusfactory", null)]
    [InlineData("SIP:alice@contoso.com;GRUU;OPAQUE=APP:CONF:FOCUS:ID:7ECB5F9B", "focus", "7ECB5F9B")]
    [InlineData("sip:alice@contoso.com;opaque=app:conf:focus:id:7ECB5F9B;gruu", "focus", "7ECB5F9B")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:something-new:id:7ECB5F9B", "something-new", "7ECB5F9B")]
    public void A_uri_tells_organizer_part_and_id(string text, string type, string? id)
    {
        Assert.True(ConferenceUri.TryParse(text, out var uri));
        Assert.Equal("sip:alice@contoso.com", uri.Organizer, ignoreCase: true);
        Assert.Equal(type, uri.EntityType);
        Assert.Equal(id, uri.Id);
        Assert.Equal(text, uri.Text);
    }

    [Theory]
    [InlineData("conf:" + Focus)]
    [InlineData("meet:" + Focus)]
    [InlineData("CONF:" + Focus + "?conf-key=12345")]
    [InlineData("meet:" + Focus + "%3Frequired-media=audio")]
    [InlineData(" " + Focus + "?required-media=audio%3F ")]
    public void Link_prefixes_and_queries_are_dropped(string text)
    {
        Assert.True(ConferenceUri.TryParse(text, out var uri));
        Assert.Equal(Focus, uri.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sip:alice@contoso.com")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=user:epid:xyz")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:focus")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:focus:id:")]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory:id:1")]
    [InlineData("tel:+4930;gruu;opaque=app:conf:focus:id:1")]
    [InlineData("sip:contoso.com;gruu;opaque=app:conf:focus:id:1")]
    [InlineData("https://meet.contoso.com/alice/7ECB5F9B")]
    public void What_names_no_part_of_a_conference_is_refused(string? text)
    {
        Assert.False(ConferenceUri.TryParse(text, out var uri));
        Assert.Null(uri);
    }

    [Fact]
    public void The_uris_of_an_organizer_have_the_shape_that_clients_derive_by_text()
    {
        Assert.Equal("sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory", ConferenceUri.FocusFactory("sip:alice@contoso.com").Text);
        var focus = ConferenceUri.Focus("sip:alice@contoso.com", "7ECB5F9B");
        Assert.Equal(Focus, focus.Text);
        Assert.Equal(Focus.Replace(":focus:", ":chat:", StringComparison.Ordinal), focus.For(ConferenceEntityTypes.Chat).Text);
        Assert.Equal(Focus.Replace(":focus:", ":audio-video:", StringComparison.Ordinal), focus.For(ConferenceEntityTypes.AudioVideo).Text);
        Assert.Equal(focus, focus.For(ConferenceEntityTypes.AudioVideo).For(ConferenceEntityTypes.Focus));
    }

    [Fact]
    public void A_derived_uri_keeps_the_rest_of_the_text_as_it_was()
    {
        Assert.True(ConferenceUri.TryParse("sip:alice@contoso.com;x=1;Opaque=App:Conf:Focus:Id:ab;gruu", out var uri));
        Assert.Equal("sip:alice@contoso.com;x=1;Opaque=App:Conf:chat:Id:ab;gruu", uri.For("chat").Text);
    }

    [Fact]
    public void Uris_are_compared_ignoring_case()
    {
        Assert.True(ConferenceUri.TryParse(Focus.ToUpperInvariant(), out var upper));
        Assert.True(ConferenceUri.TryParse(Focus, out var plain));
        Assert.Equal(plain, upper);
        Assert.Equal(plain.GetHashCode(), upper.GetHashCode());
        Assert.NotEqual(plain, plain.For("chat"));
    }

    [Fact]
    public void Parts_of_one_conference_know_each_other()
    {
        var focus = ConferenceUri.Focus("sip:alice@contoso.com", "7ECB5F9B");
        Assert.True(focus.IsSameConference(focus.For("chat")));
        Assert.False(focus.IsSameConference(ConferenceUri.Focus("sip:alice@contoso.com", "11111111")));
        Assert.False(focus.IsSameConference(ConferenceUri.FocusFactory("sip:alice@contoso.com")));
        Assert.False(ConferenceUri.FocusFactory("sip:alice@contoso.com").IsSameConference(focus));
    }

    [Fact]
    public void Bad_parts_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => ConferenceUri.Focus("alice@contoso.com", "7ECB5F9B"));
        Assert.Throws<ArgumentException>(() => ConferenceUri.Focus("sip:alice@contoso.com;transport=tls", "7ECB5F9B"));
        Assert.Throws<ArgumentException>(() => ConferenceUri.Focus("sip:alice@contoso.com", "7ECB;F9B"));
        Assert.Throws<ArgumentException>(() => ConferenceUri.Focus("sip:alice@contoso.com", "7ECB5F9B").For("a;b"));
        Assert.Throws<InvalidOperationException>(() => ConferenceUri.FocusFactory("sip:alice@contoso.com").For("chat"));
    }
}
