namespace UcSdk.Documents;

/// <summary>Why a document could not be read: a value, never an exception.</summary>
/// <param name="Where">The place by name, e.g. <c>request/addUser/user/@entity</c>; empty when the document is not well-formed XML.</param>
/// <param name="Expected">What should have been there.</param>
/// <param name="Rule">The rule or the limit that was broken, e.g. <c>RFC 4575 §5.6</c> or <c>MaxDepth</c>.</param>
/// <param name="Line">The line, from 1; 0 when not known.</param>
/// <param name="Column">The column, from 1; 0 when not known.</param>
public readonly record struct DocumentError(string Where, string Expected, string Rule, int Line = 0, int Column = 0)
{
    /// <summary>True when nothing is wrong (the default value).</summary>
    public bool IsNone => Expected is null;

    /// <inheritdoc/>
    public override string ToString() => IsNone
        ? "no error"
        : $"{(Where.Length == 0 ? "document" : Where)}{(Line == 0 ? "" : $" (line {Line}, column {Column})")}: expected {Expected} ({Rule})";
}
