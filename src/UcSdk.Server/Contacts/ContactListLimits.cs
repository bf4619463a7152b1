namespace UcSdk.Server;

/// <summary>What a user's contact list on the server may hold. What exceeds a limit is refused with 403 and a SOAP fault; the list stays as it is.</summary>
public sealed record ContactListLimits
{
    /// <summary>Contacts of one user; default 1000.</summary>
    public int MaxContacts { get; init; } = 1000;

    /// <summary>Groups of one user, the default group included; default 64, the most that the schema allows ([MS-PRES] §10).</summary>
    public int MaxGroups { get; init; } = 64;

    /// <summary>Characters of the name of a contact or a group; default 256.</summary>
    public int MaxNameLength { get; init; } = 256;

    /// <summary>Characters of the address of a contact; default 454.</summary>
    public int MaxUriLength { get; init; } = 454;

    /// <summary>Characters of an <c>externalURI</c>; default 2048.</summary>
    public int MaxExternalUriLength { get; init; } = 2048;

    /// <summary>Bytes of what clients keep with one contact (<c>contactExtension</c>), as the server writes it; default 8192.</summary>
    public int MaxExtensionLength { get; init; } = 8192;

    /// <summary>Subscriptions of one endpoint to its user's list; default 8. The oldest gives way to one more: an endpoint needs one, and has forgotten the others.</summary>
    public int MaxSubscriptionsPerEndpoint { get; init; } = 8;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxContacts, nameof(MaxContacts));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxGroups, nameof(MaxGroups));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxNameLength, nameof(MaxNameLength));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxUriLength, nameof(MaxUriLength));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxExternalUriLength, nameof(MaxExternalUriLength));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxExtensionLength, nameof(MaxExtensionLength));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSubscriptionsPerEndpoint, nameof(MaxSubscriptionsPerEndpoint));
    }
}
