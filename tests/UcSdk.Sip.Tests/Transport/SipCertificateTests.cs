namespace UcSdk.Sip.Tests;

/// <summary>RFC 5922 §7: whose certificate it is.</summary>
public sealed class SipCertificateTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Uris_and_names_count_and_the_common_name_does_not_beside_them()
    {
        using var certificate = _authority.Issue("common.test", dns: ["pool.contoso.test"], uris: ["sip:contoso.test", "sip:alice@other.test", "https://web.test"]);
        Assert.Equal(["pool.contoso.test", "contoso.test"], SipCertificate.GetIdentities(certificate));
        Assert.False(SipCertificate.IsFor(certificate, "common.test"));
        Assert.False(SipCertificate.IsFor(certificate, "other.test"));
    }

    [Fact]
    public void The_common_name_counts_where_there_are_no_alternative_names()
    {
        using var certificate = _authority.Issue("contoso.test");
        Assert.True(SipCertificate.IsFor(certificate, "CONTOSO.test."));
    }

    [Theory]
    [InlineData("contoso.test", true)]
    [InlineData("Contoso.TEST", true)]
    [InlineData("sip.contoso.test", false)]
    [InlineData("test", false)]
    [InlineData("a.wild.test", false)] // §7.2: no wildcards
    [InlineData("*.wild.test", true)]
    public void Names_are_compared_whole(string domain, bool isFor)
    {
        using var certificate = _authority.Issue("x", dns: ["contoso.test", "*.wild.test"]);
        Assert.Equal(isFor, SipCertificate.IsFor(certificate, domain));
    }
}
