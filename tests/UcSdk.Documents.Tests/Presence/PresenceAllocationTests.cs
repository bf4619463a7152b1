using System.Xml;

namespace UcSdk.Documents.Tests;

/// <summary>What reading a notification allocates, beside what the platform's reader allocates for a bare pass over the same bytes.</summary>
public sealed class PresenceAllocationTests
{
    [Fact]
    public void Reading_categories_allocates_at_most_twice_what_a_bare_pass_does()
    {
        // One contact's change of state, as it comes all day.
        var bytes = TestDocuments.Utf8(
            """<categories xmlns="http://schemas.microsoft.com/2006/09/sip/categories" uri="sip:bob@contoso.com"><category name="state" instance="1" publishTime="2011-01-01T10:00:00.123"><state xsi:type="aggregateState" lastActive="2011-01-01T09:59:31.4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/2006/09/sip/state"><availability>6500</availability><activity token="in-a-meeting"/><device>computer</device></state></category></categories>""");

        var bare = Allocated(() =>
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false));
            while (reader.Read())
            {
            }
        });
        var read = Allocated(() =>
        {
            Assert.True(PresenceCategories.TryRead(bytes, out var categories, out _));
            Assert.Equal(6500u, PresenceState.Of(categories.Categories[0].Content)!.Availability);
        });

        Assert.InRange(read, bare / 2, bare * 2);
    }

    private static long Allocated(Action action)
    {
        const int Runs = 50;
        for (var run = 0; run < Runs; run++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < Runs; run++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Runs;
    }
}
