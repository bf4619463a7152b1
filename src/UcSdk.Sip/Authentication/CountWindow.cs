namespace UcSdk.Sip;

/// <summary>
/// Which counts of one nonce came: the highest, and the 63 below it. Requests that overtake one another are taken in any order; what is
/// older than the window may have come before.
/// </summary>
internal sealed class CountWindow
{
    public const int Size = 64;

    private uint _highest;
    private ulong _taken;

    public bool TryTake(uint count)
    {
        if (count > _highest)
        {
            var by = count - _highest;
            _taken = by < Size ? _taken << (int)by : 0;
            _taken |= 1;
            _highest = count;
            return true;
        }

        var below = _highest - count;
        var bit = 1UL << (int)below;
        if (below >= Size || (_taken & bit) != 0)
        {
            return false;
        }

        _taken |= bit;
        return true;
    }
}
