namespace UcSdk.Core;

/// <summary>
/// Tables of the framework keep the room that their fullest hour has needed. What fills with the load of a server gives most of it back when the load is over,
/// so that a rush does not cost memory for ever.
/// </summary>
internal static class SparseTables
{
    /// <summary>Smaller tables stay as they are.</summary>
    public const int LeastRoom = 1024;

    /// <summary>True when less than an eighth of the room is in use.</summary>
    public static bool IsSparse(int count, int room) => room > LeastRoom && count < room / 8;

    /// <summary>What is left of the room of a sparse table: enough to double in, so that shrinking and growing never follow each other.</summary>
    public static int RoomAfter(int room) => room / 4;

    /// <summary>Called after removals.</summary>
    public static void GiveBack<TKey, TValue>(this Dictionary<TKey, TValue> table)
        where TKey : notnull
    {
        if (IsSparse(table.Count, table.Capacity))
        {
            table.TrimExcess(RoomAfter(table.Capacity));
        }
    }

    /// <summary>Called after removals.</summary>
    public static void GiveBack<T>(this HashSet<T> table)
    {
        if (IsSparse(table.Count, table.Capacity))
        {
            table.TrimExcess(RoomAfter(table.Capacity));
        }
    }
}
