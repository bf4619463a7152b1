namespace UcSdk.Tests;

/// <summary>What the user keeps with a contact, and how the contact can be reached.</summary>
public sealed class ContactSettingTests
{
    private readonly Lab _lab = new();
    private readonly RoamingSelfScript _self;
    private readonly ContactListScript _list;
    private readonly PresenceScript _presence;

    public ContactSettingTests()
    {
        _self = new(_lab.Server);
        _list = new(_lab);
        _presence = new(_lab);
        _lab.Server.Answers["REGISTER"] = request => _lab.Server.Reply(request, 200, Texts.Registered(request, "vnd-microsoft-roaming-self", ContactListScript.Event));
    }

    [Fact]
    public void Tag_and_access_level_are_settings_read_changed_and_observed() => _lab.Run(async () =>
    {
        _list.List = "<contactList deltaNum=\"7\"><group id=\"1\" name=\"~\" externalURI=\"\"/><contact uri=\"bob@contoso.com\" name=\"\" groups=\"1\" subscribed=\"true\" externalURI=\"\">"
            + "<contactExtension><contactSettings contactId=\"5c3a\"/></contactExtension></contact></contactList>";
        var number = 7;
        _list.Take("setContact", request =>
            $"<contactDelta deltaNum=\"{++number}\" prevDeltaNum=\"{number - 1}\"><modifiedContact uri=\"{ContactListScript.Said(request, "URI")}\" name=\"\" groups=\"1\" subscribed=\"true\" externalURI=\"\">"
            + "<contactExtension><contactSettings contactId=\"5c3a\" tag=\"true\"/></contactExtension></modifiedContact></contactDelta>");
        var bob = await SignInAsync("bob@contoso.com");
        var changes = new Recorder<ContactSettingChange>();
        bob.SettingChanges.Subscribe(changes);
        await _lab.DelayAsync(0.1);

        Assert.Equal((false, AccessLevel.Colleague, "5c3a"), (bob.Settings[ContactSetting.Tagged], bob.Settings[ContactSetting.AccessLevel], bob.Settings[ContactSetting.ExchangeServiceEntryId]));
        Assert.True(bob.CanChangeSetting(ContactSetting.Tagged) && bob.CanChangeSetting(ContactSetting.AccessLevel));
        Assert.False(bob.CanChangeSetting(ContactSetting.ExchangeServiceEntryId) || bob.CanChangeSetting(ContactSetting.Source));

        await bob.ChangeSettingAsync(ContactSetting.Tagged, true);
        await bob.ChangeSettingAsync(ContactSetting.AccessLevel, AccessLevel.Friends);
        await _lab.DelayAsync(0.1);
        Assert.Equal((true, AccessLevel.Friends), (bob.IsTagged, bob.AccessLevel));
        Assert.Equal([(ContactSetting.Tagged, (object?)true), (ContactSetting.AccessLevel, AccessLevel.Friends)], changes.Items.Select(change => (change.Setting, change.Value)));

        // Another endpoint of the user blocks bob.
        _self.Containers[400] = (2, []);
        _self.Containers[32000] = (1, ["user bob@contoso.com"]);
        await _self.NotifyContainersAsync();
        await _lab.DelayAsync(0.1);
        Assert.Equal((ContactSetting.AccessLevel, (object?)AccessLevel.Blocked), (changes.Items[^1].Setting, changes.Items[^1].Value));
        Assert.Equal(3, changes.Items.Count);
        await Assert.ThrowsAsync<ArgumentException>(async () => await bob.ChangeSettingAsync(ContactSetting.Tagged, 1));
        await Assert.ThrowsAsync<ArgumentException>(async () => await bob.ChangeSettingAsync(ContactSetting.Source, 1));
    });

    [Fact]
    public void A_contact_without_SIP_address_has_no_access_level_of_its_own() => _lab.Run(async () =>
    {
        var phone = await SignInAsync("tel:+1 425 555 0100");
        Assert.Equal((AccessLevel.Default, false), (phone.AccessLevel, phone.CanChangeSetting(ContactSetting.AccessLevel)));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await phone.SetAccessLevelAsync(AccessLevel.Friends));
        Assert.DoesNotContain(_self.Log, line => line.StartsWith("add", StringComparison.Ordinal));
    });

    [Fact]
    public void Where_a_contact_is_from_is_told_by_the_domain_and_by_what_the_server_says_of_watchers() => _lab.Run(async () =>
    {
        _self.Subscribers = "<subscribers xmlns=\"http://schemas.microsoft.com/2006/09/sip/presence-subscribers\">"
            + "<subscriber user=\"eve@fabrikam.com\" acknowledged=\"true\" type=\"federated\"/><subscriber user=\"zoe@live.com\" acknowledged=\"true\" type=\"publicCloud\"/></subscribers>";
        var bob = await SignInAsync("bob@contoso.com");
        SourceNetworkType Of(string uri) => bob.ContactManager.GetContactByUri(uri).SourceNetwork;
        Assert.Equal(
            (SourceNetworkType.Enterprise, SourceNetworkType.FederatedEnterprise, SourceNetworkType.FederatedPublic, SourceNetworkType.Unknown),
            (bob.SourceNetwork, Of("eve@fabrikam.com"), Of("zoe@live.com"), Of("x@fabrikam.com")));
        Assert.Equal((AccessLevel.External, AccessLevel.Default), (bob.ContactManager.GetContactByUri("eve@fabrikam.com").AccessLevel, bob.ContactManager.GetContactByUri("zoe@live.com").AccessLevel));
    });

    [Fact]
    public void What_can_begin_follows_from_addresses_and_capabilities() => _lab.Run(async () =>
    {
        var bob = await SignInAsync("bob@contoso.com");
        Assert.True(bob.CanStart(ModalityTypes.InstantMessage | ModalityTypes.AudioVideo | ModalityTypes.ApplicationSharing));
        Assert.False(bob.CanStart(ModalityTypes.None));
        await TellAsync("<category name=\"services\" instance=\"0\" publishTime=\"2011-01-01T10:00:00\"><services xmlns=\"http://schemas.microsoft.com/2006/09/sip/service\">"
            + "<service uri=\"sip:bob@contoso.com\"><capabilities><text render=\"true\" capture=\"true\"/></capabilities></service></services></category>");
        Assert.True(bob.CanStart(ModalityTypes.InstantMessage));
        Assert.False(bob.CanStart(ModalityTypes.InstantMessage | ModalityTypes.AudioVideo));
        await TellAsync(PresenceScript.Card("<phone type=\"work\"><uri>tel:+14255550100</uri></phone>"));
        Assert.True(bob.CanStart(ModalityTypes.AudioVideo));
        var phone = bob.ContactManager.GetContactByUri("tel:+14255550100");
        Assert.Equal((true, false), (phone.CanStart(ModalityTypes.AudioVideo), phone.CanStart(ModalityTypes.InstantMessage)));
    });

    [Theory]
    [InlineData(" isUCEnabled=\"true\"", UnifiedCommunicationType.Enabled)]
    [InlineData(" isUCEnabled=\"false\"", UnifiedCommunicationType.NotEnabled)]
    [InlineData("", UnifiedCommunicationType.Unknown)]
    public void Whether_somebody_has_an_account_is_on_the_card(string attribute, UnifiedCommunicationType expected) => _lab.Run(async () =>
    {
        var bob = await SignInAsync("bob@contoso.com");
        await TellAsync(PresenceScript.Card("<title>X</title>").Replace("contactcard\">", $"contactcard\"{attribute}>", StringComparison.Ordinal));
        Assert.Equal(expected, bob.UnifiedCommunicationType);
    });

    [Theory]
    [InlineData("+1 (425) 555-0100", "tel:+14255550100")]
    [InlineData("tel:+1-425-555-0100", "tel:+14255550100")]
    [InlineData("TEL:0100", "tel:0100")]
    public void An_endpoint_is_made_of_a_number(string number, string uri) => _lab.Run(async () =>
    {
        var bob = await SignInAsync("bob@contoso.com");
        var endpoint = bob.CreateContactEndpoint(number);
        Assert.Equal((ContactEndpointType.OtherPhone, uri, true), (endpoint.Type, endpoint.Uri, endpoint.CanStart(ModalityTypes.AudioVideo)));
        Assert.Throws<ArgumentException>(() => bob.CreateContactEndpoint("bob"));
        Assert.Throws<ArgumentException>(() => bob.CreateContactEndpoint("sip:bob@contoso.com"));
    });

    [Fact]
    public void A_contact_can_be_moved_from_where_it_is_to_where_it_is_not() => _lab.Run(async () =>
    {
        var carol = await SignInAsync("carol@contoso.com");
        var (all, work) = (carol.ContactManager.Groups[0], carol.ContactManager.Groups[1]);
        Assert.True(carol.CanMoveToGroup(all, work));
        Assert.False(carol.CanMoveToGroup(work, all) || carol.CanMoveToGroup(work, work));
    });

    [Fact]
    public void Delegators_are_named_by_the_application_and_watched() => _lab.Run(async () =>
    {
        _presence.Known["sip:boss@contoso.com"] = PresenceScript.State(6500);
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        var changes = new Recorder<CollectionChange<DelegatorClient>>();
        client.DelegatorClients.Changes.Subscribe(changes);
        var boss = await client.AddDelegatorAsync("sip:Boss@contoso.com");
        Assert.Same(boss, await client.AddDelegatorAsync("boss@contoso.com"));
        await _lab.DelayAsync(1);
        Assert.Equal(("sip:boss@contoso.com", ContactAvailability.Busy, client), (boss.Uri, boss.Contact.Availability, boss.LyncClient));
        Assert.Equal([boss], client.DelegatorClients);

        await client.RemoveDelegatorAsync(boss);
        await client.RemoveDelegatorAsync(boss);
        await _lab.DelayAsync(1);
        Assert.Equal(ContactPresenceState.Idle, boss.Contact.PresenceState);
        Assert.Equal([CollectionChangeKind.Snapshot, CollectionChangeKind.Added, CollectionChangeKind.Removed], changes.Items.Select(change => change.Kind));
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.AddDelegatorAsync("tel:+1"));
    });

    private async Task<Contact> SignInAsync(string contact)
    {
        var client = await _lab.SignInAsync("alice");
        await _lab.DelayAsync(1);
        return client.ContactManager.GetContactByUri(contact);
    }

    private async Task TellAsync(string categories)
    {
        await _presence.TellAsync(PresenceScript.Document(PresenceScript.Of("sip:bob@contoso.com", categories)));
        await _lab.DelayAsync(0.2);
    }
}
