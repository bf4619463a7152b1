namespace UcSdk.Documents;

/// <summary>A command that this library does not know, kept whole; it is written as it was read.</summary>
/// <param name="Element">The command.</param>
public sealed record UnknownC3pCommand(DocumentElement Element) : C3pCommand
{
    /// <inheritdoc/>
    public override string Name => Element.Name;

    internal override DocumentElement Write() => Element;
}
