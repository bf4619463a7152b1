namespace UcSdk.Simulation.Tests;

/// <summary>What a client knows of a contact, as far as levels differ.</summary>
/// <param name="Availability">As published; 0 when nothing was told.</param>
/// <param name="Note">The words; null for none.</param>
/// <param name="Mobile">The telephone that the team is shown; null for none.</param>
/// <param name="Home">The telephone that friends are shown; null for none.</param>
internal readonly record struct ClientBelief(uint Availability, string? Note, string? Mobile, string? Home)
{
    public static ClientBelief Of(ContactInformation information) => new(
        information.AvailabilityNumber,
        information.PersonalNote,
        Phone(information, ContactEndpointType.MobilePhone),
        Phone(information, ContactEndpointType.HomePhone));

    private static string? Phone(ContactInformation information, ContactEndpointType type) =>
        information.Phones.FirstOrDefault(phone => phone.Type == type)?.Uri;
}
