namespace UcSdk.Documents;

/// <summary>What a notification changed in a conference.</summary>
public abstract record ConferenceChange
{
    private ConferenceChange()
    {
    }

    /// <summary>A participant came.</summary>
    /// <param name="User">The participant.</param>
    public sealed record UserAdded(ConferenceUser User) : ConferenceChange;

    /// <summary>A participant left.</summary>
    /// <param name="User">The participant as last known.</param>
    public sealed record UserRemoved(ConferenceUser User) : ConferenceChange;

    /// <summary>Something about a participant changed: name, roles, endpoints, media.</summary>
    /// <param name="Previous">The participant as it was.</param>
    /// <param name="User">The participant as it is.</param>
    public sealed record UserChanged(ConferenceUser Previous, ConferenceUser User) : ConferenceChange;

    /// <summary>The description, the overall state or the parts of the conference changed.</summary>
    public sealed record DetailsChanged : ConferenceChange;
}
