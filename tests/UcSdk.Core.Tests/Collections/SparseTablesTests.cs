namespace UcSdk.Core.Tests;

/// <summary>What a rush has needed is given back when it is over.</summary>
public sealed class SparseTablesTests
{
    [Fact]
    public void A_table_gives_its_room_back_when_less_than_an_eighth_is_used()
    {
        var table = Enumerable.Range(0, 20_000).ToDictionary(number => number);
        var full = table.Capacity;
        for (var number = 0; table.Count >= full / 8; number++)
        {
            Assert.Equal(full, table.Capacity);
            table.Remove(number);
            table.GiveBack();
        }

        Assert.InRange(table.Capacity, table.Count, (full / 4) + 1000);
        Assert.Equal(19_999, table[19_999]);
    }

    [Fact]
    public void A_set_does_likewise()
    {
        var set = Enumerable.Range(0, 20_000).ToHashSet();
        var full = set.Capacity;
        set.RemoveWhere(static number => number > 100);
        set.GiveBack();
        Assert.InRange(set.Capacity, 101, (full / 4) + 1000);
        Assert.Equal(101, set.Count);
    }

    [Fact]
    public void Small_tables_stay_as_they_are()
    {
        var table = new Dictionary<int, int>(800);
        var room = table.Capacity;
        table.GiveBack();
        Assert.Equal(room, table.Capacity);
    }
}
