namespace UcSdk.Core;

/// <summary>A named bound on something parsed; the name goes into the error of what exceeds it.</summary>
internal readonly record struct Limit(string Name, int Maximum)
{
    public bool Allows(long amount) => amount <= Maximum;

    public ParseError Exceeded(int offset) => new(offset, $"at most {Maximum}", Name);
}
