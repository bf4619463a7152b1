namespace UcSdk.Documents;

/// <summary>A request that this library does not know (<c>setPresence</c> of 2005, for one), kept whole; it is written as it was read.</summary>
/// <param name="Contents">What stands in the body of the envelope: at least one element, of which the first names the request.</param>
public sealed record UnknownSoapRequest(ValueList<DocumentElement> Contents) : SoapRequest
{
    /// <inheritdoc/>
    public override string Name => Contents[0].Name;

    internal override IEnumerable<DocumentElement> Write() => Contents;
}
