using System.Text;
using UcSdk.Documents;

namespace UcSdk.Tests;

/// <summary>What watching costs: memory for each contact, and allocation for each change.</summary>
[Collection(nameof(Alone))]
public sealed class PresenceCostTests
{
    private readonly Lab _lab = new();

    [Fact]
    public void A_watched_contact_costs_two_kilobytes_at_most() => _lab.Run(async () =>
    {
        const int Count = 2000;
        var manager = _lab.CreateClient("alice").ContactManager;
        var translation = new PresenceTranslation();
        Watch(manager, translation, "warm");

        var each = await Retained.ByAsync(round => Task.FromResult<object>(
            Enumerable.Range(0, Count).Select(at => Watch(manager, translation, $"user{round}{at:d4}")).ToArray())) / Count;

        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes");
        Assert.InRange(each, 1000, 2048);
    });

    [Fact]
    public void A_change_of_state_allocates_a_few_kilobytes_beside_its_tree() => _lab.Run(async () =>
    {
        var manager = _lab.CreateClient("alice").ContactManager;
        var translation = new PresenceTranslation();
        var bob = Watch(manager, translation, "bob");
        byte[][] bodies = [Body("bob", PresenceScript.State(3500)), Body("bob", PresenceScript.State(6500, "<activity token=\"in-a-meeting\"/>"))];
        long applying = 0;
        for (var round = 0; round < 50; round++)
        {
            Assert.True(PresenceCategories.TryRead(bodies[round % 2], out var categories, out _));
            var start = GC.GetAllocatedBytesForCurrentThread();
            bob.Update(translation.Apply(bob.Information, new(bob.Uri, PresenceReportKind.State) { Categories = categories }, default));
            applying = GC.GetAllocatedBytesForCurrentThread() - start;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{applying} bytes to apply {bodies[1].Length}");
        Assert.InRange(applying, 1, 5000);
        await Task.CompletedTask;
    });

    private static byte[] Body(string name, string categories) => Encoding.UTF8.GetBytes(PresenceScript.Of($"sip:{name}@contoso.com", categories));

    private static Contact Watch(ContactManager manager, PresenceTranslation translation, string name)
    {
        var body = Body(
            name,
            PresenceScript.State(6500, "<activity token=\"in-a-meeting\"/><endpointLocation/><timeZoneBias>-60</timeZoneBias><timeZoneName>W. Europe Standard Time</timeZoneName><device>computer</device>")
            + PresenceScript.Card(
                $"<identity><name><displayName>{name} Smith</displayName></name><email>{name}@contoso.com</email></identity><company>Contoso</company><department>Sales</department>"
                + $"<title>Manager</title><office>5/1</office><phone type=\"work\"><uri>tel:+1555{name.Length}00{name.GetHashCode(StringComparison.Ordinal)}</uri></phone>")
            + PresenceScript.Note("personal", $"Note of {name}", "2011-01-01T09:00:00")
            + "<category name=\"services\" instance=\"0\" publishTime=\"2011-01-01T09:00:00\"><services xmlns=\"http://schemas.microsoft.com/2006/09/sip/service\"><service uri=\"sip:x\"><capabilities>"
            + "<text render=\"true\" capture=\"true\" deviceAvailability=\"3500\"/><voice render=\"true\" capture=\"true\" deviceAvailability=\"3500\"/></capabilities></service></services></category>");
        var contact = manager.GetContactByUri($"sip:{name}@contoso.com");
        contact.Watched = new(contact);
        Assert.True(PresenceCategories.TryRead(body, out var categories, out _));
        contact.Update(translation.Apply(contact.Information, new(contact.Uri, PresenceReportKind.State) { Categories = categories }, default));
        return contact;
    }
}
