namespace UcSdk.Documents.Tests;

public sealed class ProvisioningTests
{
    [Fact]
    public void A_request_names_its_groups()
    {
        var request = new ProvisioningRequest([ProvisioningGroupNames.ServerConfiguration, ProvisioningGroupNames.MeetingPolicy]);

        Assert.Equal(
            """<provisioningGroupList xmlns="http://schemas.microsoft.com/2006/09/sip/provisioninggrouplist"><provisioningGroup name="ServerConfiguration"/><provisioningGroup name="meetingPolicy"/></provisioningGroupList>""",
            TestDocuments.Text(request.ToBytes()));
        Assert.True(ProvisioningRequest.TryRead(request.ToBytes(), out var again, out _));
        Assert.Equal(request, again);
    }

    [Fact]
    public void A_request_may_name_a_subnet()
    {
        var request = new ProvisioningRequest(["ucPolicy"]) { Subnet = "192.0.2.0" };
        Assert.True(ProvisioningRequest.TryRead(request.ToBytes(), out var again, out _));
        Assert.Equal("192.0.2.0", again.Subnet);
    }

    [Theory]
    [InlineData("<provisioningGroupList><provisioningGroup/></provisioningGroupList>")]
    [InlineData("<provisionGroupList/>")]
    [InlineData("")]
    public void A_request_that_is_none_is_refused(string text)
    {
        Assert.False(ProvisioningRequest.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.False(error.IsNone);
    }

    [Fact]
    public void The_specifications_notification_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("ms-siprege-4.2.2-provisionGroupList.xml");
        Assert.True(ProvisioningNotification.TryRead(bytes, out var notification, out var error), error.ToString());

        var group = Assert.Single(notification.Groups);
        Assert.Equal((ProvisioningGroupNames.EndpointConfiguration, "10", null), (group.Name, group["maxphotosizekb"], group["NoSuch"]));
        Assert.Equal(5, group.Settings.Count());
        Assert.Null(notification.ServerConfiguration);
        Assert.Equal(TestDocuments.Tree(TestDocuments.Text(bytes)), TestDocuments.Tree(TestDocuments.Text(notification.ToBytes())));
    }

    [Fact]
    public void The_server_configuration_is_written_without_white_space_around_values()
    {
        var configuration = new ServerConfiguration
        {
            FocusFactoryUri = "sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory ",
            MediaEncryption = MediaEncryptionPolicy.Support,
            PortRangeEnabled = true,
            AudioPorts = new(20000, 20100),
            OtherSettings = [new("organization", " Contoso ")],
        };

        Assert.Equal(
            """<provisionGroupList xmlns="http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification"><provisionGroup name="ServerConfiguration"><focusFactoryUri>sip:alice@contoso.com;gruu;opaque=app:conf:focusfactory</focusFactoryUri><ucPC2PCAVEncryption>SupportEncryption</ucPC2PCAVEncryption><ucPortRangeEnabled>true</ucPortRangeEnabled><ucMinAudioPort>20000</ucMinAudioPort><ucMaxAudioPort>20100</ucMaxAudioPort><organization>Contoso</organization></provisionGroup></provisionGroupList>""",
            TestDocuments.Text(new ProvisioningNotification([configuration.ToGroup()]).ToBytes()));
    }

    [Fact]
    public void The_server_configuration_comes_back_as_it_was_written()
    {
        var configuration = new ServerConfiguration
        {
            FocusFactoryUri = "sip:f",
            MrasUri = "sip:mras",
            MediaEncryption = MediaEncryptionPolicy.DoNotSupport,
            PortRangeEnabled = true,
            MediaPorts = new(1, 2),
            AudioPorts = new(3, 4),
            VideoPorts = new(5, 6),
            ApplicationSharingPorts = new(7, 8),
            FileTransferPorts = new(9, 65535),
            OtherSettings = [new("loggingLevel", "Low")],
        };
        var policy = ProvisioningGroup.OfSettings(ProvisioningGroupNames.MeetingPolicy, [new("allowIPAudio", "true")]);
        Assert.True(ProvisioningNotification.TryRead(new ProvisioningNotification([configuration.ToGroup(), policy]).ToBytes(), out var read, out _));

        Assert.Equal(configuration, read.ServerConfiguration);
        Assert.Equal(new MeetingPolicy { AllowIPAudio = true }, read.MeetingPolicy);
        Assert.Null(read.UcPolicy);
    }

    [Theory]
    [InlineData("<ucPC2PCAVEncryption> SupportEncryption\n</ucPC2PCAVEncryption>", MediaEncryptionPolicy.Support)]
    [InlineData("<ucPC2PCAVEncryption>DoNotSupportEncryption</ucPC2PCAVEncryption>", MediaEncryptionPolicy.DoNotSupport)]
    [InlineData("<ucPC2PCAVEncryption>RequireEncryption</ucPC2PCAVEncryption>", MediaEncryptionPolicy.Require)]
    [InlineData("<ucPC2PCAVEncryption>SomethingNew</ucPC2PCAVEncryption>", MediaEncryptionPolicy.Require)]
    [InlineData("", MediaEncryptionPolicy.Require)]
    public void What_is_not_known_about_encryption_means_that_it_is_required(string element, MediaEncryptionPolicy expected)
    {
        Assert.Equal(expected, Configuration(element).MediaEncryption);
    }

    [Theory]
    [InlineData("<ucMinAudioPort>100</ucMinAudioPort>")]
    [InlineData("<ucMinAudioPort>100</ucMinAudioPort><ucMaxAudioPort>99</ucMaxAudioPort>")]
    [InlineData("<ucMinAudioPort>0</ucMinAudioPort><ucMaxAudioPort>99</ucMaxAudioPort>")]
    [InlineData("<ucMinAudioPort>1</ucMinAudioPort><ucMaxAudioPort>65536</ucMaxAudioPort>")]
    public void A_range_that_is_none_is_not_said(string elements)
    {
        Assert.Null(Configuration(elements).AudioPorts);
    }

    [Fact]
    public void Port_ranges_apply_only_where_the_server_enables_them_and_audio_falls_back_to_the_common_range()
    {
        const string Common = "<ucMinMediaPort>10</ucMinMediaPort><ucMaxMediaPort>20</ucMaxMediaPort>";
        Assert.Null(Configuration(Common).EffectiveAudioPorts);
        Assert.Equal(new PortRange(10, 20), Configuration(Common + "<ucPortRangeEnabled>true</ucPortRangeEnabled>").EffectiveAudioPorts);
    }

    [Theory]
    [InlineData("<provisionGroupList><provisionGroup/></provisionGroupList>")]
    [InlineData("<provisioningGroupList/>")]
    public void A_notification_that_is_none_is_refused(string text)
    {
        Assert.False(ProvisioningNotification.TryRead(TestDocuments.Utf8(text), out _, out var error));
        Assert.False(error.IsNone);
    }

    private static ServerConfiguration Configuration(string elements)
    {
        var text = $"<provisionGroupList><provisionGroup name='ServerConfiguration'>{elements}</provisionGroup></provisionGroupList>";
        Assert.True(ProvisioningNotification.TryRead(TestDocuments.Utf8(text), out var notification, out var error), error.ToString());
        return notification.ServerConfiguration!;
    }
}
