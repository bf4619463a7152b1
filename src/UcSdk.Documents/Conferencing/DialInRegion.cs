namespace UcSdk.Documents;

/// <summary>The telephone numbers of one region by which conferences can be joined.</summary>
/// <param name="Name">The region.</param>
/// <param name="Numbers">The numbers; clients are known to read only the first.</param>
public sealed record DialInRegion(string Name, ValueList<string> Numbers);
