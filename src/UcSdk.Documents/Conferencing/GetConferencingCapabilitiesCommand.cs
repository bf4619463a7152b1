namespace UcSdk.Documents;

/// <summary>Asks the focus factory what conferences can have ([MS-CONFPRO] §2.2.3.7).</summary>
public sealed record GetConferencingCapabilitiesCommand : C3pCommand
{
    internal const string ElementName = "getConferencingCapabilities";

    /// <inheritdoc/>
    public override string Name => ElementName;

    internal static GetConferencingCapabilitiesCommand Read(DocumentElement element) => new() { Extensions = element.Children };

    internal override DocumentElement Write() => Start().Extensions(this).Build();
}
