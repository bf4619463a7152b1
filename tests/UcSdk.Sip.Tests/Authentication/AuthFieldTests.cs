namespace UcSdk.Sip.Tests;

/// <summary>The grammar of challenges and credentials: RFC 3261 §25.1, RFC 7235 §2.1.</summary>
public sealed class AuthFieldTests
{
    [Fact]
    public void A_challenge_is_read_and_written_as_it_was()
    {
        // RFC 3261 §20.44.
        const string Text = "Digest realm=\"atlanta.com\", domain=\"sip:boxesbybob.com\", qop=\"auth\", nonce=\"f84f1cec41e6cbe5aea9c8e88d359\", opaque=\"\", stale=FALSE, algorithm=MD5";
        Assert.True(AuthField.TryParse(Text, out var field));
        Assert.Equal(("Digest", "atlanta.com", "", "FALSE", null), (field.Scheme, field["realm"], field["OPAQUE"], field["stale"], field["nothing"]));
        Assert.Equal(Text, field.ToString());
    }

    [Fact]
    public void A_lync_challenge_keeps_what_only_its_scheme_understands()
    {
        // [MS-SIPAE] §4: version stands without quotes, targetname with.
        const string Text = "NTLM realm=\"SIP Communications Service\", targetname=\"FE.contoso.com\", version=4";
        Assert.True(AuthField.TryParse(Text, out var field));
        Assert.Equal(("4", "FE.contoso.com"), (field["version"], field["targetname"]));
        Assert.Equal(Text, field.ToString());
    }

    [Fact]
    public void Several_challenges_in_one_field_are_taken_apart()
    {
        var fields = new List<AuthField>();
        Assert.True(AuthField.TryParseAll("Digest realm=\"a, b\", nonce=\"1\", Negotiate, NTLM realm=\"c\"", fields));
        Assert.Equal(["Digest realm=\"a, b\", nonce=\"1\"", "Negotiate", "NTLM realm=\"c\""], fields.Select(f => f.ToString()));
        Assert.False(AuthField.TryParse("Digest realm=\"a\", NTLM realm=\"c\"", out _));
    }

    [Fact]
    public void Authentication_info_has_no_scheme()
    {
        // RFC 3261 §20.6.
        Assert.True(AuthField.TryParse("nextnonce=\"47364c23432d2e131a5fb210812c\"", out var field));
        Assert.Equal(("", "47364c23432d2e131a5fb210812c"), (field.Scheme, field["nextnonce"]));
        Assert.Equal("nextnonce=\"47364c23432d2e131a5fb210812c\"", field.ToString());
    }

    [Theory]
    [InlineData("Digest realm = \"a\" , nonce\t=\"b\"")]
    [InlineData("digest REALM=\"a\",NONCE=\"b\",,")]
    public void Blanks_case_and_empty_elements_do_not_matter(string text)
    {
        Assert.True(AuthField.TryParse(text, out var field));
        Assert.True(field.IsScheme("Digest"));
        Assert.Equal(("a", "b"), (field["realm"], field["nonce"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("Digest realm=\"a")]
    [InlineData("Digest realm=\"a\"b")]
    [InlineData("Digest realm=")]
    [InlineData("Digest realm=\"a\", realm=\"b\"")]
    [InlineData("Digest realm=a b")]
    [InlineData("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")]
    [InlineData("Digest <realm=\"a\"")]
    public void What_does_not_fit_the_grammar_is_refused(string text) => Assert.False(AuthField.TryParse(text, out _));

    [Fact]
    public void Parameters_are_taken_up_to_the_limit_and_not_one_more()
    {
        var most = "Digest " + string.Join(",", Enumerable.Range(1, AuthField.MaxParameters).Select(n => $"p{n}=v"));
        Assert.True(AuthField.TryParse(most, out var field));
        Assert.Equal(AuthField.MaxParameters, field.Count);
        Assert.False(AuthField.TryParse(most + ",more=v", out _));
    }

    [Fact]
    public void Quotes_and_backslashes_in_a_value_are_escaped()
    {
        var field = new AuthField("Digest").WithQuoted("username", "a\"b\\c");
        Assert.Equal("Digest username=\"a\\\"b\\\\c\"", field.ToString());
        Assert.True(AuthField.TryParse(field.ToString(), out var read));
        Assert.Equal("a\"b\\c", read["username"]);
    }
}
