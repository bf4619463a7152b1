namespace UcSdk.Documents.Tests;

public sealed class LocationProfileTests
{
    // After the schema of [MS-SIPRE] appendix B.
    private const string Profile =
        """<LocationProfileDescription xmlns="http://schemas.microsoft.com/2007/03/LocationProfileDescription"><Name>Redmond.contoso.com</Name><Rule><Pattern>^(\d{4})$</Pattern><Translation>+1425555$1</Translation><InternalEnterpriseExtension>true</InternalEnterpriseExtension><ApplicableForDeviceDialing>false</ApplicableForDeviceDialing></Rule><Rule><Pattern>^0(.*)$</Pattern><Translation>$1</Translation></Rule><ExternalAccessPrefix>9</ExternalAccessPrefix><OptimizeDeviceDialing>true</OptimizeDeviceDialing></LocationProfileDescription>""";

    [Fact]
    public void A_profile_is_read_and_written_as_the_schema_says()
    {
        Assert.True(LocationProfile.TryRead(TestDocuments.Utf8(Profile), out var profile, out var error), error.ToString());

        Assert.Equal(
            new LocationProfile(
                "Redmond.contoso.com",
                [new(@"^(\d{4})$", "+1425555$1") { InternalEnterpriseExtension = true, ApplicableForDeviceDialing = false }, new("^0(.*)$", "$1")])
            {
                ExternalAccessPrefix = "9",
                OptimizeDeviceDialing = true,
            },
            profile);
        Assert.Equal(Profile, TestDocuments.Text(profile.ToBytes()));
    }

    [Fact]
    public void What_is_not_known_survives()
    {
        var text = Profile.Replace("<Name>", "<Region>US</Region><Name>", StringComparison.Ordinal).Replace("<Rule><Pattern>^0", "<Rule id=\"2\"><Comment>out</Comment><Pattern>^0", StringComparison.Ordinal);
        Assert.True(LocationProfile.TryRead(TestDocuments.Utf8(text), out var profile, out _));
        Assert.True(LocationProfile.TryRead(profile.ToBytes(), out var again, out _));

        Assert.Equal(profile, again);
        Assert.Equal("Region", again.Extensions.Single().Name);
        Assert.Equal(("Comment", "2"), (again.Rules[1].Extensions.Single().Name, again.Rules[1].ExtensionAttributes.Single().Value));
    }

    [Theory]
    [InlineData("<LocationProfileDescription><Rule><Pattern>1</Pattern><Translation>2</Translation></Rule></LocationProfileDescription>", "Name")]
    [InlineData("<LocationProfileDescription><Name>n</Name><Rule><Pattern>1</Pattern></Rule></LocationProfileDescription>", "Translation")]
    [InlineData("<LocationProfileDescription><Name>n</Name><Rule><Translation>1</Translation></Rule></LocationProfileDescription>", "Pattern")]
    [InlineData("<LocationProfile><Name>n</Name></LocationProfile>", "LocationProfile")]
    public void A_profile_that_is_none_is_refused(string text, string where)
    {
        Assert.False(LocationProfile.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.Contains(where, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:locationprofile:get;default", "sip:alice@contoso.com", null)]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:locationprofile:get;phone-context=Redmond", "sip:alice@contoso.com", "Redmond")]
    [InlineData("sip:alice@contoso.com;GRUU;OPAQUE=app:LocationProfile:get;Phone-Context=x", "sip:alice@contoso.com", "x")]
    public void The_address_of_a_profile_says_whose_and_which(string text, string user, string? name)
    {
        Assert.True(LocationProfileUri.TryParse(text, out var uri, out var isAmbiguous));
        Assert.Equal((new LocationProfileUri(user, name), false), (uri, isAmbiguous));
        Assert.Equal(text, uri.Text, ignoreCase: true);
    }

    [Theory]
    [InlineData("sip:alice@contoso.com", false)]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory", false)]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:locationprofile:get", true)]
    [InlineData("sip:alice@contoso.com;gruu;opaque=app:locationprofile:get;phone-context=", true)]
    public void Another_address_is_none(string text, bool ambiguous)
    {
        Assert.False(LocationProfileUri.TryParse(text, out _, out var isAmbiguous));
        Assert.Equal(ambiguous, isAmbiguous);
    }
}
