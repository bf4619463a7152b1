namespace UcSdk.Documents;

/// <summary>Where the text of an RTF group goes.</summary>
internal enum RtfDestination
{
    /// <summary>Into the document.</summary>
    Text,

    /// <summary>Nowhere.</summary>
    Skipped,

    /// <summary>Into the font table.</summary>
    FontTable,

    /// <summary>Into the colour table.</summary>
    ColorTable,

    /// <summary>Into the instruction of a field.</summary>
    Instruction,
}
