namespace UcSdk.Sip;

/// <summary>What a <see cref="SecurityAssociation"/> finds in a message of the peer.</summary>
internal enum AssociationOutcome
{
    /// <summary>The signature is right, and came for the first time.</summary>
    Accepted,

    /// <summary>There is no signature of this scheme and realm.</summary>
    Missing,

    /// <summary>The field is of this scheme and realm, but of another association: its target or <c>opaque</c> is not ours.</summary>
    Foreign,

    /// <summary>A field that cannot be read, or lacks salt, number or a signature of hexadecimal digits.</summary>
    Malformed,

    /// <summary>The signature is not that of this message under the peer's key.</summary>
    Wrong,

    /// <summary>The signature is right, but its number came before, or is older than the window tells.</summary>
    Replayed,
}
