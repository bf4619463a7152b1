using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// What the server publishes of a user out of its directory ([MS-PRES] §3.8): the contact card that everybody sees, and the user's own properties. Mobile, home and other
/// telephones stay out of the card: users publish them to those who may know them.
/// </summary>
internal static class DirectoryCards
{
    public static DocumentElement CardOf(UcServerUser user, string address) => new ContactCard
    {
        DisplayName = user.DisplayName,
        Emails = [user.Email ?? PresenceNames.WithoutScheme(address)],
        Company = user.Company,
        Department = user.Department,
        Title = user.Title,
        Office = user.Office,
        Urls = user.WebSite is { } page ? [new ContactUrl(null, page)] : [],
        Phones = user.WorkPhone is { } phone ? [PhoneOf("work", phone)] : [],
        Addresses = HasAddress(user) ? [AddressOf(user)] : [],
        Photos = user.PhotoUri is { } photo ? [new ContactPhoto("enterprise") { Uri = photo, Hash = user.PhotoHash }] : [],
        IsUcEnabled = true,
    }.ToElement();

    /// <summary>What the blocked see: how somebody is called and where mail goes, which they know anyway.</summary>
    public static DocumentElement? LeastCardOf(DocumentElement? card) =>
        ContactCard.Of(card) is { } full ? new ContactCard { DisplayName = full.DisplayName, Emails = full.Emails }.ToElement() : null;

    public static DocumentElement PropertiesOf(UcServerUser user) => new UserProperties
    {
        TelephonyMode = user.IsEnabled ? "Uc" : "None",
        StreetAddress = user.Street,
        City = user.City,
        State = user.State,
        CountryCode = user.Country,
        PostalCode = user.PostalCode,
        HomePage = user.WebSite,
    }.ToElement();

    private static ContactPhone PhoneOf(string type, string phone) =>
        phone.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? new(type) { Uri = phone } : new(type) { DisplayString = phone };

    private static bool HasAddress(UcServerUser user) => (user.Street ?? user.City ?? user.State ?? user.PostalCode ?? user.Country) is not null;

    private static ContactAddress AddressOf(UcServerUser user) =>
        new() { Type = "work", Street = user.Street, City = user.City, State = user.State, ZipCode = user.PostalCode, CountryCode = user.Country };
}
