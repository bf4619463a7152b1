namespace UcSdk.Fuzz;

/// <summary>A property did not hold for an input.</summary>
internal sealed class FuzzFinding(string property) : Exception(property)
{
    public static void Require(bool holds, string property)
    {
        if (!holds)
        {
            throw new FuzzFinding(property);
        }
    }
}
