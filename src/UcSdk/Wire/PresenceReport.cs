using UcSdk.Documents;

namespace UcSdk;

/// <summary>What a notification says of one contact.</summary>
/// <param name="Uri">Whom, in its one spelling.</param>
/// <param name="Kind">What becomes of the subscription to it.</param>
internal readonly record struct PresenceReport(string Uri, PresenceReportKind Kind)
{
    /// <summary>Its categories; null when none came.</summary>
    public PresenceCategories? Categories { get; init; }

    /// <summary>Its presence as plain SIP servers tell it; null when none came.</summary>
    public PidfPresence? Pidf { get; init; }

    /// <summary>Where to subscribe instead; null for the contact itself.</summary>
    public string? Pool { get; init; }
}
