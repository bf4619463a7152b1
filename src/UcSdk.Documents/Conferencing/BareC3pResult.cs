namespace UcSdk.Documents;

/// <summary>
/// The answer to a command without the content that this library knows: a failure, a pending one, or the success of a command that is
/// unknown here. What it holds stays in <see cref="DocumentPart.Extensions"/>.
/// </summary>
/// <param name="CommandName">The name of the command that is answered.</param>
public sealed record BareC3pResult(string CommandName) : C3pResult
{
    /// <inheritdoc/>
    public override string Name => CommandName;

    internal static BareC3pResult Read(DocumentElement element) => new(element.Name) { Extensions = element.Children };

    internal override DocumentElement Write() => Start().Extensions(this).Build();
}
