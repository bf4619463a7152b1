using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What the server publishes of a user out of its directory ([MS-PRES] §3.8): the contact card that everybody sees, and the user's own properties.</summary>
internal static class DirectoryCards
{
    public static DocumentElement CardOf(UcServerUser user, string address) => new ContactCard
    {
        DisplayName = user.DisplayName,
        Emails = [PresenceNames.WithoutScheme(address)],
        IsUcEnabled = true,
    }.ToElement();

    /// <summary>What the blocked see: how somebody is called and where mail goes, which they know anyway.</summary>
    public static DocumentElement? LeastCardOf(DocumentElement? card) =>
        ContactCard.Of(card) is { } full ? new ContactCard { DisplayName = full.DisplayName, Emails = full.Emails }.ToElement() : null;

    public static DocumentElement PropertiesOf(UcServerUser user) => new UserProperties { TelephonyMode = user.IsEnabled ? "Uc" : "None" }.ToElement();
}
