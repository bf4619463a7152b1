namespace UcSdk;

/// <summary>Something about a contact has changed.</summary>
/// <param name="Contact">Whose.</param>
/// <param name="Changed">What; empty when only <see cref="State"/> is news.</param>
/// <param name="Information">All that is known after the change.</param>
/// <param name="State">How the contact is watched after the change.</param>
/// <param name="When">The wall clock at the change.</param>
public sealed record ContactInformationChange(
    Contact Contact, ContactInformationTypeSet Changed, ContactInformation Information, ContactPresenceState State, DateTimeOffset When)
{
    /// <summary>What has changed; never the values, which are user data.</summary>
    public override string ToString() => $"{State}: {Changed}";
}
