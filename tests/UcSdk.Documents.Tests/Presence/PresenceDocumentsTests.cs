namespace UcSdk.Documents.Tests;

/// <summary>The envelopes of presence: what is asked, told and refused, against documents that we did not write.</summary>
public sealed class PresenceDocumentsTests
{
    [Fact]
    public void A_clients_own_data_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("client-roamingData.xml");
        Assert.True(RoamingSelf.TryRead(bytes, out var self, out var error), error.ToString());

        var state = self.Categories!.Categories[0];
        Assert.Equal(("sip:alice@contoso.com", "state", 536870912u, 2u, 1u), (self.Categories.Uri, state.Name, state.Instance, state.Container, state.Version));
        Assert.Equal(PresenceExpireType.Static, state.ExpireType);
        Assert.Equal(new DateTimeOffset(2011, 1, 1, 10, 0, 0, 123, TimeSpan.Zero), state.PublishTime);
        var device = self.Categories.Categories[1];
        Assert.Equal((PresenceExpireType.Endpoint, "EFBA68FC-0001-5F9E-8A1B-000000000001", 7200u), (device.ExpireType, device.EndpointId, device.Expires));
        Assert.Equal([(null, null), (null, 200u)], self.Categories.Named("note").Select(note => (note.Instance, note.Container)));
        Assert.All(self.Categories.Named("note"), note => Assert.Null(note.Content));
        Assert.Equal([(200u, 1u), (400u, 2u)], self.Containers!.Select(container => (container.Id, container.Version)));
        Assert.Equal(new ContainerMember(ContainerMemberTypes.SameEnterprise), Assert.Single(self.Containers![0].Members));
        Assert.Equal(new ContainerMember(ContainerMemberTypes.User, "bob@contoso.com"), Assert.Single(self.Containers![1].Members));
        Assert.Equal(new PresenceSubscriber("bob@contoso.com") { DisplayName = "Bob", Acknowledged = false, Type = "sameEnterprise" }, Assert.Single(self.Subscribers!));
        Assert.Equal(new PresenceDelegates(2) { Delegates = [new PresenceDelegate("john@contoso.com")] }, self.Delegates);
        AssertSameTree(bytes, self.ToBytes(), ignoring: "publishTime");
    }

    [Fact]
    public void What_a_notification_does_not_speak_of_is_null_and_what_is_empty_is_empty()
    {
        Assert.True(RoamingSelf.TryRead(TestDocuments.Utf8("<roamingData><containers/></roamingData>"), out var self, out _));

        Assert.Null(self.Categories);
        Assert.Empty(self.Containers!);
        Assert.Null(self.Subscribers);
        Assert.Null(self.Delegates);
    }

    [Fact]
    public void The_publication_of_a_note_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("lync2013-publish-note.xml");
        Assert.True(CategoryPublications.TryRead(bytes, out var publish, out var error), error.ToString());

        var publication = Assert.Single(publish.Publications);
        Assert.Equal(
            ("sip:adamb@contoso.com", "note", 1u, 100u, 3u, PresenceExpireType.Endpoint, false),
            (publish.Uri, publication.CategoryName, publication.Instance, publication.Container, publication.Version, publication.ExpireType, publication.IsRemoval));
        Assert.Equal("Personal note set by myApp", PresenceNote.Of(publication.Content)!.Personal!.Text);
        AssertSameTree(bytes, publish.ToBytes());
    }

    [Fact]
    public void The_removal_of_a_note_is_a_publication_that_expires_at_once()
    {
        var bytes = TestDocuments.Read("lync2013-publish-removal.xml");
        Assert.True(CategoryPublications.TryRead(bytes, out var publish, out var error), error.ToString());

        var publication = Assert.Single(publish.Publications);
        Assert.True(publication.IsRemoval);
        Assert.Null(publication.Content);
        AssertSameTree(bytes, publish.ToBytes());
    }

    [Fact]
    public void The_specifications_batched_subscription_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("ms-pres-2.2.2.4.1-batchSub.xml");
        Assert.True(BatchSubscribe.TryRead(bytes, out var batch, out var error), error.ToString());

        var action = Assert.Single(batch.Actions);
        Assert.Equal(("sip:bob@contoso.com", "63792024", true), (batch.Uri, action.Id, action.Subscribes));
        Assert.Equal([("sip:alice@contoso.com", false), ("sip:john@contoso.com", true)], action.Resources.Select(resource => (resource.Uri, resource.Context is not null)));
        Assert.Equal(["calendarData", "contactCard", "note", "services", "state"], action.Categories);
        AssertSameTree(bytes, batch.ToBytes());
    }

    [Fact]
    public void A_batched_subscription_is_written_as_servers_know_it()
    {
        var batch = new BatchSubscribe("sip:alice@contoso.com")
        {
            Actions =
            [
                new(BatchAction.Subscribe, "7") { Resources = [BatchResource.JustAdded("sip:new@contoso.com")], Categories = [PresenceCategoryNames.State] },
                new(BatchAction.Unsubscribe, "8") { Resources = [new("sip:old@contoso.com")] },
            ],
        };

        Assert.Equal(
            """<batchSub xmlns="http://schemas.microsoft.com/2006/01/sip/batch-subscribe" uri="sip:alice@contoso.com" name=""><action name="subscribe" id="7"><adhocList><resource uri="sip:new@contoso.com"><context/></resource></adhocList><categoryList xmlns="http://schemas.microsoft.com/2006/09/sip/categorylist"><category name="state"/></categoryList></action><action name="unsubscribe" id="8"><adhocList><resource uri="sip:old@contoso.com"/></adhocList></action></batchSub>""",
            TestDocuments.Text(batch.ToBytes()));
    }

    [Fact]
    public void The_list_of_before_categories_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("client-adhoclist.xml");
        Assert.True(AdhocList.TryRead(bytes, out var list, out var error), error.ToString());

        Assert.Equal(["sip:bob@contoso.com", "sip:carol@contoso.com"], list.Resources.Select(resource => resource.Uri));
        AssertSameTree(bytes, list.ToBytes());
    }

    [Fact]
    public void A_change_of_containers_is_understood_and_written_as_it_was()
    {
        var bytes = TestDocuments.Read("client-setContainerMembers.xml");
        Assert.True(SetContainerMembers.TryRead(bytes, out var request, out var error), error.ToString());

        Assert.Equal([(200u, 0u), (400u, 3u)], request.Containers.Select(container => (container.Id, container.Version)));
        Assert.Equal(new ContainerMemberChange(true, new ContainerMember("sameEnterprise")), Assert.Single(request.Containers[0].Members));
        Assert.Equal(new ContainerMemberChange(false, new ContainerMember("user", "bob@contoso.com")), Assert.Single(request.Containers[1].Members));
        Assert.Equal(TestDocuments.Text(bytes).Trim(), TestDocuments.Text(request.ToBytes()));
    }

    [Fact]
    public void The_specifications_fault_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("ms-pres-2.2.2.10-fault.xml");
        Assert.True(PresenceFault.TryRead(bytes, out var fault, out var error), error.ToString());

        Assert.True(fault.IsWrongDelta);
        Assert.Equal([(1u, 1u, 2u)], fault.Operations.Select(operation => (operation.Index, operation.Version ?? 0, operation.CurrentVersion ?? 0)));
        AssertSameTree(bytes, fault.ToBytes());
    }

    [Fact]
    public void A_fault_in_the_other_spelling_is_understood_too()
    {
        Assert.True(PresenceFault.TryRead(TestDocuments.Utf8("<fault><faultcode>Client.BadCall.WrongDelta</faultcode></fault>"), out var fault, out _));
        Assert.True(fault.IsWrongDelta);
        Assert.Empty(fault.Operations);
    }

    [Fact]
    public void Acknowledging_a_watcher_says_so()
    {
        var request = SetSubscribers.Acknowledging("bob@contoso.com");

        Assert.Equal(
            """<setSubscribers xmlns="http://schemas.microsoft.com/2006/09/sip/presence-subscribers"><subscriber user="bob@contoso.com" acknowledged="true"/></setSubscribers>""",
            TestDocuments.Text(request.ToBytes()));
        Assert.True(SetSubscribers.TryRead(request.ToBytes(), out var again, out _));
        Assert.Equal(request, again);
    }

    [Fact]
    public void A_subscription_to_oneself_names_its_parts()
    {
        var request = new RoamingSelfRequest([RoamingSelfParts.Categories, RoamingSelfParts.Containers, RoamingSelfParts.Subscribers, RoamingSelfParts.Delegates]);

        Assert.Equal(
            """<roamingList xmlns="http://schemas.microsoft.com/2006/09/sip/roaming-self"><roaming type="categories"/><roaming type="containers"/><roaming type="subscribers"/><roaming type="delegates"/></roamingList>""",
            TestDocuments.Text(request.ToBytes()));
        Assert.True(RoamingSelfRequest.TryRead(request.ToBytes(), out var again, out _));
        Assert.Equal(request, again);
    }

    [Theory]
    [InlineData("<category/>", "category/@name")]
    [InlineData("<category name=''/>", "category/@name")]
    [InlineData("<other/>", null)]
    public void A_category_without_name_makes_the_document_bad(string category, string? where)
    {
        var read = PresenceCategories.TryRead(TestDocuments.Utf8($"<categories uri='sip:a@b'>{category}</categories>"), out _, out var error);
        Assert.Equal((where is null, where), (read, error.IsNone ? null : error.Where));
    }

    [Theory]
    [InlineData("<publish/>")]
    [InlineData("<publish><publications/></publish>")]
    [InlineData("<publish><publications uri='sip:a@b'><publication instance='0' container='2'/></publications></publish>")]
    [InlineData("<publish><publications uri='sip:a@b'><publication categoryName='note' container='2'/></publications></publish>")]
    [InlineData("<publish><publications uri='sip:a@b'><publication categoryName='note' instance='-1' container='2'/></publications></publish>")]
    [InlineData("<publish><publications uri='sip:a@b'><publication categoryName='note' instance='4294967296' container='2'/></publications></publish>")]
    [InlineData("<publish><publications uri='sip:a@b'><publication categoryName='note' instance='0'/></publications></publish>")]
    [InlineData("<setContainerMembers><container><member action='add' type='everyone'/></container></setContainerMembers>")]
    [InlineData("<setContainerMembers><container id='200'><member type='everyone'/></container></setContainerMembers>")]
    [InlineData("<setContainerMembers><container id='200'><member action='keep' type='everyone'/></container></setContainerMembers>")]
    [InlineData("<setContainerMembers><container id='200'><member action='add'/></container></setContainerMembers>")]
    [InlineData("<setSubscribers><subscriber acknowledged='true'/></setSubscribers>")]
    [InlineData("<roamingList><roaming/></roamingList>")]
    [InlineData("<roamingData><categories/></roamingData>")]
    [InlineData("<roamingData><containers><container/></containers></roamingData>")]
    [InlineData("<roamingData><subscribers><subscriber/></subscribers></roamingData>")]
    [InlineData("<roamingData><delegates><delegate/></delegates></roamingData>")]
    [InlineData("<batchSub/>")]
    [InlineData("<batchSub uri='sip:a@b'><action id='1'/></batchSub>")]
    [InlineData("<batchSub uri='sip:a@b'><action name='watch' id='1'/></batchSub>")]
    [InlineData("<batchSub uri='sip:a@b'><action name='subscribe'><adhocList><resource/></adhocList></action></batchSub>")]
    [InlineData("<batchSub uri='sip:a@b'><action name='subscribe'><categoryList><category/></categoryList></action></batchSub>")]
    [InlineData("<adhoclist uri='sip:a@b'><create><resource/></create></adhoclist>")]
    [InlineData("<list uri='sip:a@b'/>")]
    [InlineData("<list version='0'/>")]
    [InlineData("<list uri='sip:a@b' version='0'><resource/></list>")]
    [InlineData("<list uri='sip:a@b' version='0'><resource uri='sip:c@d'><instance state='active'/></resource></list>")]
    [InlineData("<list uri='sip:a@b' version='0'><resource uri='sip:c@d'><instance id='0'/></resource></list>")]
    [InlineData("<Fault/>")]
    [InlineData("<Fault><Faultcode/></Fault>")]
    [InlineData("<Fault><Faultcode>x</Faultcode><details><operation/></details></Fault>")]
    [InlineData("<presence/>")]
    [InlineData("<presence entity='pres:a@b'><tuple/></presence>")]
    [InlineData("<presence entity='pres:a@b'><person/></presence>")]
    [InlineData("<presence><presentity/></presence>")]
    [InlineData("<unheard-of/>")]
    [InlineData("")]
    public void What_lacks_its_key_is_refused_by_every_reader(string text)
    {
        var body = TestDocuments.Utf8(text);
        Assert.False(PresenceCategories.TryRead(body, out _, out var error));
        Assert.False(error.IsNone);
        Assert.False(CategoryPublications.TryRead(body, out _, out _));
        Assert.False(SetContainerMembers.TryRead(body, out _, out _));
        Assert.False(SetSubscribers.TryRead(body, out _, out _));
        Assert.False(RoamingSelfRequest.TryRead(body, out _, out _));
        Assert.False(RoamingSelf.TryRead(body, out _, out _));
        Assert.False(BatchSubscribe.TryRead(body, out _, out _));
        Assert.False(AdhocList.TryRead(body, out _, out _));
        Assert.False(ResourceList.TryRead(body, out _, out _));
        Assert.False(PresenceFault.TryRead(body, out _, out _));
        Assert.False(PidfPresence.TryRead(body, out _, out _));
    }

    [Fact]
    public void What_is_not_known_survives_a_change_of_what_is()
    {
        const string Text = """<categories xmlns="http://schemas.microsoft.com/2006/09/sip/categories" uri="sip:a@b" later="1"><category name="x" instance="3" expireType="forever" publishTime="yesterday" more="2"><x xmlns="urn:x"/><y xmlns="urn:y"/></category><new/></categories>""";
        Assert.True(PresenceCategories.TryRead(TestDocuments.Utf8(Text), out var read, out var error), error.ToString());
        Assert.Null(read.Categories[0].ExpireType);
        Assert.Null(read.Categories[0].PublishTime);

        var changed = read with { Categories = [read.Categories[0] with { Version = 4 }] };

        var tree = TestDocuments.Tree(TestDocuments.Text(changed.ToBytes()));
        var category = tree.Child("category")!;
        Assert.Equal("1", tree.Attribute("later"));
        Assert.NotNull(tree.Child("new"));
        Assert.Equal(("4", "forever", "yesterday", "2"), (category.Attribute("version"), category.Attribute("expireType"), category.Attribute("publishTime"), category.Attribute("more")));
        Assert.Equal(["urn:x", "urn:y"], category.Children.Select(child => child.Namespace));
    }

    [Fact]
    public void No_document_shows_user_data_as_text()
    {
        Assert.True(RoamingSelf.TryRead(TestDocuments.Read("client-roamingData.xml"), out var self, out _));
        Assert.True(BatchSubscribe.TryRead(TestDocuments.Read("ms-pres-2.2.2.4.1-batchSub.xml"), out var batch, out _));
        object[] parts =
        [
            self, self.Categories!, self.Containers![1], self.Containers![1].Members[0], self.Subscribers![0], self.Delegates!, self.Delegates!.Delegates[0],
            batch, batch.Actions[0], batch.Actions[0].Resources[0],
        ];
        Assert.All(parts, part => Assert.DoesNotContain("contoso", part.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    internal static void AssertSameTree(byte[] expected, byte[] actual, string? ignoring = null) =>
        Assert.Equal(Without(TestDocuments.Tree(TestDocuments.Text(expected)), ignoring), Without(TestDocuments.Tree(TestDocuments.Text(actual)), ignoring));

    private static DocumentElement Without(DocumentElement element, string? attribute) => element with
    {
        Attributes = ValueList.From(element.Attributes.Where(one => one.Name != attribute).OrderBy(one => one.Name, StringComparer.Ordinal)),
        Children = ValueList.From(element.Children.Select(child => Without(child, attribute))),
        Text = element.Text.Trim(),
    };
}
