namespace UcSdk.Documents.Tests;

public sealed class ResourceListTests
{
    [Fact]
    public void The_rfcs_list_is_understood_and_survives()
    {
        var bytes = TestDocuments.Read("rfc4662-6-list.xml");
        Assert.True(ResourceList.TryRead(bytes, out var list, out var error), error.ToString());

        Assert.Equal(("sip:adam-friends@pres.vancouver.example.com", 1u, true), (list.Uri, list.Version, list.FullState));
        Assert.Equal([1, 1, 0, 0], list.Resources.Select(resource => resource.Instances.Count));
        Assert.Equal(
            new ResourceInstance("juwigmtboe", ResourceInstanceStates.Active) { ContentId = "bUZBsM@pres.vancouver.example.com" },
            list.Resources[0].Instances[0]);
        Assert.Equal(2, list.Extensions.Count);
    }

    [Fact]
    public void A_resource_to_be_subscribed_to_elsewhere_says_where()
    {
        Assert.True(ResourceList.TryRead(
            TestDocuments.Utf8("""<list xmlns="urn:ietf:params:xml:ns:rlmi" uri="sip:a@b" version="0" fullState="false"><resource uri="sip:eve@other.com"><instance id="0" state="resubscribe" reason="moved" poolFqdn="sip:pool2.contoso.com"/></resource></list>"""),
            out var list,
            out _));

        var instance = list.Resources[0].Instances[0];
        Assert.Equal((ResourceInstanceStates.Resubscribe, "moved", "sip:pool2.contoso.com", null), (instance.State, instance.Reason, instance.PoolFqdn, instance.ContentId));
    }

    [Fact]
    public void A_notification_about_several_users_has_a_part_for_each_that_has_a_state()
    {
        var notification = ResourceListNotification.Compose(
            "sip:alice@contoso.com",
            version: 3,
            fullState: false,
            [new PresenceCategories("sip:bob@contoso.com"), new PresenceCategories("sip:carol@contoso.com")],
            new ListedResource("sip:gone@contoso.com") { Instances = [new("0", ResourceInstanceStates.Terminated) { Reason = "noresource" }] });

        Assert.Equal(
            """<list xmlns="urn:ietf:params:xml:ns:rlmi" uri="sip:alice@contoso.com" version="3" fullState="false"><resource uri="sip:bob@contoso.com"><instance id="0" state="active" cid="bob@contoso.com"/></resource><resource uri="sip:carol@contoso.com"><instance id="0" state="active" cid="carol@contoso.com"/></resource><resource uri="sip:gone@contoso.com"><instance id="0" state="terminated" reason="noresource"/></resource></list>""",
            TestDocuments.Text(notification.List.ToBytes()));
        Assert.Equal([("bob@contoso.com", ContentTypes.Categories), ("carol@contoso.com", ContentTypes.Categories)], notification.Parts.Select(part => (part.ContentId, part.ContentType)));
        var bob = notification.PartOf(notification.List.Resources[0].Instances[0])!;
        Assert.True(PresenceCategories.TryRead(bob.Body, out var categories, out _));
        Assert.Equal("sip:bob@contoso.com", categories.Uri);
        Assert.Null(notification.PartOf(notification.List.Resources[2].Instances[0]));
    }

    [Fact]
    public void Content_ids_are_ids_whatever_the_addresses_are_and_never_the_same()
    {
        var notification = ResourceListNotification.Compose(
            "sip:alice@contoso.com",
            0,
            true,
            [new("sip:b\r\no<b>@contoso.com"), new("sip:bob@contoso.com"), new("sip:bob@contoso.com"), new("resourceList"), new("\"")]);

        Assert.Equal(5, notification.Parts.Select(part => part.ContentId).Append(ResourceListNotification.RootContentId).Distinct().Count() - 1);
        Assert.All(notification.Parts, part => Assert.DoesNotContain(part.ContentId, character => character is '<' or '>' or '"' or < ' '));
        Assert.All(notification.Parts, part => Assert.NotEmpty(part.ContentId));
        Assert.All(notification.List.Resources, resource => Assert.NotNull(notification.PartOf(resource.Instances[0])));
    }

    [Theory]
    [InlineData("bob@contoso.com")]
    [InlineData("<bob@contoso.com>")]
    [InlineData("cid:bob@contoso.com")]
    public void A_content_id_is_found_however_it_is_spelled(string spelled)
    {
        var notification = new ResourceListNotification(new ResourceList("sip:a@b", 0, true))
        {
            Parts = [new("bob@contoso.com", ContentTypes.Categories, default)],
        };

        Assert.NotNull(notification.PartOf(new ResourceInstance("0", "active") { ContentId = spelled }));
    }
}
