using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>What the options say is what clients are told.</summary>
public sealed class ProvisioningConversationTests
{
    private static readonly LocationProfile Redmond = new("Redmond", [new(@"^(\d{4})$", "+1425555$1")]);
    private static readonly LocationProfile Munich = new("Munich", [new(@"^0(\d+)$", "+49$1")]);

    [Fact]
    public void Clients_get_the_groups_of_the_options_and_what_the_server_knows()
    {
        using var lab = Lab(new()
        {
            ServerConfiguration = new() { Organization = "Contoso", FocusFactoryUri = "sip:wrong@contoso.test" },
            Groups = [new UcPolicy { AllowCallForwarding = false }.ToGroup()],
            LocationProfiles = [Redmond, Munich],
        });
        var alice = lab.SignIn("alice");

        var body = Ask(alice, "ServerConfiguration", "UCPOLICY", "meetingPolicy").BodyText;

        Assert.Contains("<focusFactoryUri>sip:alice@contoso.test;gruu;opaque=app:conf:focusfactory</focusFactoryUri>", body, StringComparison.Ordinal);
        Assert.Contains("<ucLocationProfile>Redmond</ucLocationProfile>", body, StringComparison.Ordinal);
        Assert.Contains("<organization>Contoso</organization>", body, StringComparison.Ordinal);
        Assert.Contains("<provisionGroup name=\"ucPolicy\"><instance><property name=\"AllowCallForwarding\">false</property></instance></provisionGroup>", body, StringComparison.Ordinal);
        Assert.Contains("<provisionGroup name=\"meetingPolicy\"/>", body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_groups_of_a_user_come_before_those_of_all()
    {
        using var lab = Lab(new()
        {
            Groups = [new UserSettings { DisableFileTransfer = false }.ToGroup()],
            GroupsOf = user => user == "sip:bob@contoso.test" ? [new UserSettings { DisableFileTransfer = true }.ToGroup()] : [],
        });

        Assert.Contains("<disableFileTransfer>false<", Ask(lab.SignIn("alice"), "userSetting").BodyText, StringComparison.Ordinal);
        Assert.Contains("<disableFileTransfer>true<", Ask(lab.SignIn("bob"), "userSetting").BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_dial_plan_is_the_users_own_or_the_one_that_is_named()
    {
        using var lab = Lab(new()
        {
            LocationProfiles = [Redmond, Munich],
            GroupsOf = user => user == "sip:bob@contoso.test" ? [new UserSettings { LocationProfile = "Munich" }.ToGroup()] : [],
        });
        var alice = lab.SignIn("alice");
        var bob = lab.SignIn("bob");

        var response = AskPlan(alice, "default");
        Assert.Equal(
            ("application/ms-location-profile-definition+xml",
                """<LocationProfileDescription xmlns="http://schemas.microsoft.com/2007/03/LocationProfileDescription"><Name>Redmond</Name><Rule><Pattern>^(\d{4})$</Pattern><Translation>+1425555$1</Translation></Rule></LocationProfileDescription>"""),
            (response.ContentType, response.BodyText));
        Assert.Contains("<Name>Munich</Name>", AskPlan(bob, "default").BodyText, StringComparison.Ordinal);
        Assert.Contains("<Name>Munich</Name>", AskPlan(alice, "phone-context=munich").BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_questions_about_dial_plans_are_refused()
    {
        using var lab = Lab(new() { LocationProfiles = [Redmond] });
        var alice = lab.SignIn("alice");

        Assert.Equal(404, AskPlan(alice, "phone-context=Paris", status: 404).StatusCode);
        Assert.Equal(485, AskPlan(alice, "other=1", status: 485).StatusCode);
        Assert.Equal(403, AskPlan(alice, "default", "sip:bob@contoso.test", 403).StatusCode);
        alice.Request("MESSAGE", "sip:alice@contoso.test;gruu;opaque=app:locationprofile:get;default", "m1");
        Assert.Equal("SERVICE", alice.ExpectsResponse(405).Headers[HeaderName.Allow]);
    }

    [Fact]
    public void A_server_without_dial_plans_has_none()
    {
        using var lab = new ServerLab();
        AskPlan(lab.SignIn("alice"), "default", status: 404);
    }

    [Fact]
    public void Options_that_contradict_themselves_are_refused()
    {
        Refused(new() { Groups = [new("ServerConfiguration")] });
        Refused(new() { Groups = [new("ucPolicy"), new("UCPolicy")] });
        Refused(new() { LocationProfiles = [Redmond, Redmond] });

        static void Refused(ProvisioningOptions options) => Assert.Throws<ArgumentException>(() => new UcServer(new UcServerOptions { Provisioning = options }));
    }

    private static ServerLab Lab(ProvisioningOptions options) => new(server => server with { Provisioning = options });

    private static SipResponse Ask(RawClient client, params string[] groups)
    {
        client.Request(
            "SUBSCRIBE",
            client.Address,
            "provisioning",
            """
            Event: vnd-microsoft-provisioning-v2
            Supported: ms-piggyback-first-notify
            Expires: 0
            Content-Type: application/vnd-microsoft-roaming-provisioning-v2+xml
            """,
            $"<provisioningGroupList>{string.Concat(groups.Select(group => $"<provisioningGroup name=\"{group}\"/>"))}</provisioningGroupList>");
        return client.ExpectsResponse(200);
    }

    private static SipResponse AskPlan(RawClient client, string which, string? user = null, int status = 200)
    {
        client.Request("SERVICE", $"{user ?? client.Address};gruu;opaque=app:locationprofile:get;{which}", $"plan-{which}-{user}", "Accept: application/ms-location-profile-definition+xml");
        return client.ExpectsResponse(status);
    }
}
