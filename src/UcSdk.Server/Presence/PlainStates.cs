using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>The contents of the category <c>state</c> that stand for what a plain SIP client says of itself.</summary>
internal static class PlainStates
{
    public static DocumentElement Machine(uint availability) => Create(ReportedState.Machine, availability, null);

    /// <summary>Busy with something.</summary>
    /// <param name="token">With what; empty when it is not known.</param>
    public static DocumentElement Activity(string token) => Create("phoneState", PresenceAvailabilities.Busy, token);

    private static DocumentElement Create(string type, uint availability, string? token) => new ElementBuilder(Namespaces.PresenceState, "state")
        .Attribute("type", type, Namespaces.SchemaInstance)
        .Attribute("manual", "false")
        .Leaf("availability", availability)
        .Child(string.IsNullOrEmpty(token) ? null : new ElementBuilder(Namespaces.PresenceState, "activity")
            .Attribute("token", token)
            .Attribute("minAvailability", "6500")
            .Attribute("maxAvailability", "8999")
            .Build())
        .Build();
}
