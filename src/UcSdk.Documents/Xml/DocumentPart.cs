namespace UcSdk.Documents;

/// <summary>A part of a document that keeps what its type does not know, so that reading and writing loses nothing a newer peer added.</summary>
public abstract record DocumentPart
{
    private protected DocumentPart()
    {
    }

    /// <summary>Child elements that the type does not know, in order; written after those it knows.</summary>
    public ValueList<DocumentElement> Extensions { get; init; } = [];

    /// <summary>Attributes that the type does not know, in order; written after those it knows.</summary>
    public ValueList<DocumentAttribute> ExtensionAttributes { get; init; } = [];
}
