using UcSdk.Documents;

namespace UcSdk.Server.Tests;

/// <summary>One user's list: what commands do to it, and what they may not.</summary>
public sealed class RoamingContactsTests
{
    private readonly RoamingContacts _list = new(new ContactListLimits { MaxContacts = 2, MaxGroups = 3, MaxNameLength = 5, MaxUriLength = 12, MaxExternalUriLength = 4, MaxExtensionLength = 41 });

    [Fact]
    public void A_new_list_is_version_one_with_the_default_group()
    {
        Assert.Equal("""<contactList deltaNum="1"><group id="1" name="~" externalURI=""/></contactList>""", Text(_list.Snapshot()));
    }

    [Fact]
    public void Groups_take_the_lowest_free_number()
    {
        Assert.Equal(2u, Do(version => new AddGroupCommand(version, "a")).AddedGroup);
        Assert.Equal(3u, Do(version => new AddGroupCommand(version, "b")).AddedGroup);
        Do(version => new DeleteGroupCommand(version, 2));
        Assert.Equal(2u, Do(version => new AddGroupCommand(version, "c")).AddedGroup);
        Assert.Equal([(1u, "~"), (2u, "c"), (3u, "b")], _list.Snapshot().Groups.Select(group => (group.Id, group.Name)));
    }

    [Fact]
    public void Every_command_makes_one_delta_that_leads_from_the_old_list_to_the_new_one()
    {
        var believed = _list.Snapshot();
        Func<uint, ContactListCommand>[] commands =
        [
            version => new AddGroupCommand(version, "Work"),
            version => new SetContactCommand(version, Contact("sip:b@x.y", 1, 2)),
            version => new SetContactCommand(version, Contact("sip:c@x.y")),
            version => new SetContactCommand(version, Contact("SIP:B@x.y", 2) with { Name = "Bob" }),
            version => new SetContactCommand(version, Contact("sip:c@x.y") with { IsSubscribed = false }),
            version => new ModifyGroupCommand(version, 2, "Home") { ExternalUri = "x" },
            version => new DeleteGroupCommand(version, 2),
            version => new DeleteContactCommand(version, "sip:C@X.y"),
        ];
        foreach (var command in commands)
        {
            Assert.True(Do(command).Delta!.TryApply(believed, out believed));
            Assert.Equal(Sorted(_list.Snapshot()), Sorted(believed));
        }

        Assert.Equal(9u, _list.Version);
        var bob = Assert.Single(_list.Snapshot().Contacts);
        Assert.Equal(("sip:b@x.y", "Bob"), (bob.Uri, bob.Name));
        Assert.Equal([1u], bob.GroupIds);
    }

    [Fact]
    public void Removing_a_group_leaves_its_members_in_their_others_or_in_the_default_group()
    {
        Do(version => new AddGroupCommand(version, "a"));
        Do(version => new AddGroupCommand(version, "b"));
        Do(version => new SetContactCommand(version, Contact("sip:b@x.y", 2)));
        Do(version => new SetContactCommand(version, Contact("sip:c@x.y", 2, 3)));

        var delta = Do(version => new DeleteGroupCommand(version, 2)).Delta!;
        Assert.Equal([("sip:b@x.y", "1"), ("sip:c@x.y", "3")], delta.ModifiedContacts.Select(contact => (contact.Uri, string.Join(' ', contact.GroupIds))));
        Assert.Equal([2u], delta.DeletedGroups);
    }

    [Fact]
    public void A_command_that_changes_nothing_still_counts_because_clients_count_along()
    {
        Do(version => new SetContactCommand(version, Contact("sip:b@x.y")));
        var again = Do(version => new SetContactCommand(version, Contact("sip:b@x.y")));
        Assert.Equal((3u, 2u), (again.Delta!.DeltaNumber, again.Delta.PreviousDeltaNumber));
    }

    [Fact]
    public void A_command_against_another_version_is_a_conflict_and_changes_nothing()
    {
        var outcome = _list.Execute(new AddGroupCommand(2, "a"));
        Assert.Equal(409, outcome.StatusCode);
        Assert.True(outcome.Fault!.IsWrongDelta);
        Assert.Equal((1u, 1), (_list.Version, _list.Snapshot().Groups.Count));
    }

    [Fact]
    public void What_clients_keep_with_a_contact_stays_until_somebody_says_otherwise()
    {
        var kept = new DocumentElement("", "contactExtension") { Children = [new DocumentElement("", "x")] };
        Do(version => new SetContactCommand(version, Contact("sip:b@x.y") with { Extension = kept }));
        Do(version => new SetContactCommand(version, Contact("sip:b@x.y") with { Name = "Bob" }));
        Assert.Equal(kept, _list.Snapshot().Contacts[0].Extension);

        Do(version => new SetContactCommand(version, Contact("sip:b@x.y") with { Extension = new DocumentElement("", "contactExtension") }));
        Assert.Empty(_list.Snapshot().Contacts[0].Extension!.Children);
    }

    public static TheoryData<string, ContactListCommand, int> Refusals => new()
    {
        { "no name", new AddGroupCommand(3, ""), 400 },
        { "the default name", new AddGroupCommand(3, "~"), 400 },
        { "no such group to change", new ModifyGroupCommand(3, 9, "a"), 404 },
        { "the default group stays", new ModifyGroupCommand(3, 1, "a"), 403 },
        { "and is not removed", new DeleteGroupCommand(3, 1), 403 },
        { "no such group to remove", new DeleteGroupCommand(3, 9), 404 },
        { "no name when changed", new ModifyGroupCommand(3, 2, ""), 400 },
        { "no such contact", new DeleteContactCommand(3, "sip:n@x.y"), 404 },
        { "no such group to be in", new SetContactCommand(3, Contact("sip:n@x.y", 9)), 404 },
        { "no address", new SetContactCommand(3, Contact("sip:@@")), 400 },
        { "not of this list", new SetAceCommand(3, "USER", "b@x.y", "BD"), 400 },
        { "group name", new AddGroupCommand(3, "123456"), 403 },
        { "group externalURI", new AddGroupCommand(3, "a") { ExternalUri = "12345" }, 403 },
        { "contact name", new SetContactCommand(3, Contact("sip:n@x.y") with { Name = "123456" }), 403 },
        { "contact externalURI", new SetContactCommand(3, Contact("sip:n@x.y") with { ExternalUri = "12345" }), 403 },
        { "address", new SetContactCommand(3, Contact("sip:nnnnn@x.y")), 403 },
        { "extension", new SetContactCommand(3, Contact("sip:n@x.y") with { Extension = Extension(42) }), 403 },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_done_is_refused_and_changes_nothing(string why, ContactListCommand command, int status)
    {
        Do(version => new AddGroupCommand(version, "a"));
        Do(version => new SetContactCommand(version, Contact("sip:b@x.y")));
        var before = _list.Snapshot();

        var outcome = _list.Execute(command);
        Assert.True(outcome.StatusCode == status, $"{why}: {outcome.StatusCode}");
        Assert.NotNull(outcome.Fault);
        Assert.False(outcome.Fault.IsWrongDelta);
        Assert.Equal(before, _list.Snapshot());
    }

    [Fact]
    public void At_its_limits_a_list_takes_what_it_may_hold()
    {
        Do(version => new AddGroupCommand(version, "12345") { ExternalUri = "1234" });
        Do(version => new AddGroupCommand(version, "b"));
        Do(version => new SetContactCommand(version, Contact("sip:nnnn@x.y") with { Name = "12345", ExternalUri = "1234", Extension = Extension(41) }));
        Do(version => new SetContactCommand(version, Contact("sip:b@x.y")));

        Assert.Equal(403, _list.Execute(new AddGroupCommand(_list.Version, "c")).StatusCode);
        Assert.Equal(403, _list.Execute(new SetContactCommand(_list.Version, Contact("sip:c@x.y"))).StatusCode);
        Assert.Equal(200, _list.Execute(new SetContactCommand(_list.Version, Contact("sip:b@x.y") with { Name = "B" })).StatusCode);
    }

    private static ContactListContact Contact(string uri, params uint[] groups) => new(uri) { GroupIds = ValueList.From(groups.DefaultIfEmpty(1u)) };

    // <contactExtension a=""/> is 24 bytes.
    private static DocumentElement Extension(int length) => new("", "contactExtension") { Attributes = [new DocumentAttribute("", "a", new string('x', length - 24))] };

    private static ContactList Sorted(ContactList list) => list with
    {
        Groups = ValueList.From(list.Groups.OrderBy(group => group.Id)),
        Contacts = ValueList.From(list.Contacts.OrderBy(contact => contact.Uri, StringComparer.OrdinalIgnoreCase)),
    };

    private static string Text(ContactList list) => System.Text.Encoding.UTF8.GetString(list.ToBytes());

    private ContactListOutcome Do(Func<uint, ContactListCommand> command)
    {
        var outcome = _list.Execute(command(_list.Version));
        Assert.Equal(200, outcome.StatusCode);
        return outcome;
    }
}
