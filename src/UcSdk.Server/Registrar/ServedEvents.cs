namespace UcSdk.Server;

/// <summary>What the server offers to registered clients. Clients subscribe only to what is listed here.</summary>
internal static class ServedEvents
{
    public const string Provisioning = "vnd-microsoft-provisioning-v2";

    public const string Contacts = "vnd-microsoft-roaming-contacts";

    public const string Conference = "conference";

    public const string Presence = "presence";

    public const string RoamingSelf = "vnd-microsoft-roaming-self";

    /// <summary>The packages served at a user's own address.</summary>
    public static readonly string[] All = [Provisioning, Contacts, RoamingSelf, Presence];

    /// <summary>
    /// <c>msrtc-event-categories</c> puts clients into the mode of Communications Server 2007 and later; without it they would ask for the
    /// provisioning of 2005, which names no focus factory.
    /// </summary>
    public static readonly string[] RegistrationExtensions = ["adhoclist", "msrtc-event-categories"];
}
