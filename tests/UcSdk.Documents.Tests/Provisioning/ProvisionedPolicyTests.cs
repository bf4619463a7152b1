namespace UcSdk.Documents.Tests;

/// <summary>The groups of settings as values.</summary>
public sealed class ProvisionedPolicyTests
{
    [Fact]
    public void The_specifications_endpoint_configuration_is_typed()
    {
        Assert.True(ProvisioningNotification.TryRead(TestDocuments.Read("ms-siprege-4.2.2-provisionGroupList.xml"), out var notification, out _));

        Assert.Equal(
            new EndpointConfiguration
            {
                ShowRecentContacts = true,
                ShowManagePrivacyRelationships = false,
                MaxPhotoSizeKilobytes = 10,
                DisableMusicOnHold = false,
                EnableTracing = true,
            },
            notification.EndpointConfiguration);
    }

    [Fact]
    public void A_voice_policy_is_read_whatever_the_case_and_the_white_space()
    {
        // Names and values as Microsoft's "Parsing Unified Communications Policy" lists them.
        var policy = Group(
            "ucPolicy",
            "<instance><property name='allowsimultaneousringing'> true\n</property><property name='name'>Users in My Domain</property>"
            + "<property name='EnableCallTransfer'><![CDATA[true]]></property><property name='enabledelegation'>0</property></instance>").UcPolicy;

        Assert.Equal(
            new UcPolicy { AllowSimultaneousRinging = true, EnableCallTransfer = true, EnableDelegation = false, OtherSettings = [new("name", "Users in My Domain")] },
            policy);
    }

    [Fact]
    public void A_value_of_another_kind_is_kept_by_its_name()
    {
        var policy = Group("meetingPolicy", "<instance><property name='MeetingSize'>many</property></instance>").MeetingPolicy!;

        Assert.Null(policy.MeetingSize);
        Assert.Equal([new("MeetingSize", "many")], policy.OtherSettings);
    }

    [Fact]
    public void Every_group_comes_back_as_it_was_written()
    {
        KeyValuePair<string, string>[] more = [new("SomethingNew", "7")];
        var voice = new UcPolicy
        {
            AllowSimultaneousRinging = true,
            AllowCallForwarding = false,
            EnableTeamCall = true,
            EnableDelegation = false,
            EnableCallTransfer = true,
            EnableCallPark = false,
            EnableMaliciousCallTrace = true,
            EnableBandwidthPolicyOverride = false,
            OtherSettings = [.. more],
        };
        var meetings = new MeetingPolicy
        {
            AllowIPAudio = true,
            AllowIPVideo = false,
            MeetingSize = 250,
            AllowAnonymousParticipants = true,
            AllowUserToScheduleMeetingsWithAppSharing = true,
            EnableAppDesktopSharing = "Desktop",
            AllowAppSharingForExternalMeeting = "None",
            AllowExternalUserControl = false,
            EnableDataCollaboration = true,
            AllowPresenterToRecord = true,
            AllowPolls = false,
            EnableDialInConferencing = true,
            EnableP2PVideo = false,
            EnableP2PFileTransfer = true,
            AudioBitRate = 200,
            VideoBitRate = 50000,
            OtherSettings = [.. more],
        };
        var user = new UserSettings { DisableFileTransfer = true, LocationProfile = "Redmond.contoso.com", IsCommonAreaPhone = false, OtherSettings = [.. more] };
        var endpoint = new EndpointConfiguration
        {
            CustomStateUrl = "https://contoso.com/states.xml",
            EnableAppearOffline = true,
            DisablePresenceNote = false,
            DisableCalendarPresence = true,
            DisablePhonePresence = false,
            DisableMeetingSubjectAndLocation = true,
            MaximumNumberOfContacts = 250,
            PhotoUsage = "AllPhotos",
            MaxPhotoSizeKilobytes = 30,
            AddressBookUsage = "WebSearchOnly",
            NotifyOfNewSubscribers = true,
            EnableTracing = false,
            OtherSettings = [.. more],
        };
        var chat = new PersistentChatConfiguration { IsEnabled = true, DefaultPoolUri = "sip:chat@contoso.com", OtherSettings = [.. more] };
        var bytes = new ProvisioningNotification([voice.ToGroup(), meetings.ToGroup(), user.ToGroup(), endpoint.ToGroup(), chat.ToGroup()]).ToBytes();

        Assert.True(ProvisioningNotification.TryRead(bytes, out var read, out _));
        Assert.Equal((voice, meetings, user), (read.UcPolicy, read.MeetingPolicy, read.UserSettings));
        Assert.Equal((endpoint, chat), (read.EndpointConfiguration, read.PersistentChatConfiguration));
        Assert.Equal("Redmond.contoso.com", read.LocationProfile);
    }

    [Fact]
    public void Policies_are_written_as_the_schemas_demand()
    {
        Assert.Equal(
            """<provisionGroupList xmlns="http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification"><provisionGroup name="ucPolicy"><instance><property name="AllowCallForwarding">true</property></instance></provisionGroup><provisionGroup name="endpointConfiguration"><propertyEntryList><property name="MaxPhotoSizeKB">10</property></propertyEntryList></provisionGroup><provisionGroup name="userSetting"><disableFileTransfer>false</disableFileTransfer></provisionGroup></provisionGroupList>""",
            TestDocuments.Text(new ProvisioningNotification(
            [
                new UcPolicy { AllowCallForwarding = true }.ToGroup(),
                new EndpointConfiguration { MaxPhotoSizeKilobytes = 10 }.ToGroup(),
                new UserSettings { DisableFileTransfer = false }.ToGroup(),
            ]).ToBytes()));
    }

    [Fact]
    public void The_addresses_of_the_servers_services_are_typed()
    {
        var configuration = Group(
            "ServerConfiguration",
            "<absWebServiceEnabled>true</absWebServiceEnabled><abwqExternalUrl>https://web.contoso.com/groupexpansion</abwqExternalUrl><dlxEnabled>false</dlxEnabled>"
            + "<inCallQoSIntervalSeconds>35</inCallQoSIntervalSeconds><ucMaxVideoRateAllowed>Hd720p-1500K</ucMaxVideoRateAllowed><ucLocationProfile>contoso.com</ucLocationProfile>"
            + "<botSipUriForTestCall>sip:bot@contoso.com</botSipUriForTestCall><voiceMailUri/><loggingLevel>Low</loggingLevel>").ServerConfiguration!;

        Assert.Equal((true, "https://web.contoso.com/groupexpansion", false), (configuration.AddressBookServiceEnabled, configuration.AddressBookQueryExternalUrl, configuration.ExpansionEnabled));
        Assert.Equal((TimeSpan.FromSeconds(35), "Hd720p-1500K", "contoso.com"), (configuration.InCallQosInterval, configuration.MaxVideoRate, configuration.LocationProfile));
        Assert.Equal(("sip:bot@contoso.com", null), (configuration.TestCallUri, configuration.VoiceMailUri));
        Assert.Equal([new("loggingLevel", "Low")], configuration.OtherSettings);
    }

    private static ProvisioningNotification Group(string name, string content)
    {
        var text = $"<provisionGroupList><provisionGroup name='{name}'>{content}</provisionGroup></provisionGroupList>";
        Assert.True(ProvisioningNotification.TryRead(TestDocuments.Utf8(text), out var notification, out var error), error.ToString());
        return notification;
    }
}
