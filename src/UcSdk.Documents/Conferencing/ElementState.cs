namespace UcSdk.Documents;

/// <summary>What an element of a conference document says about the state the receiver has stored (RFC 4575 §4).</summary>
public enum ElementState
{
    /// <summary>It replaces what is stored; the default.</summary>
    Full,

    /// <summary>It is merged, child by child, into what is stored.</summary>
    Partial,

    /// <summary>What is stored is to be removed.</summary>
    Deleted,
}
