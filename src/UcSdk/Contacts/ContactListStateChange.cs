namespace UcSdk;

/// <summary>One change of the subscription to the contact list.</summary>
/// <param name="Previous">The state that was left.</param>
/// <param name="Current">The state that was entered.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">What the network or the server did, where that is the reason; otherwise null.</param>
/// <param name="When">The wall clock at the change.</param>
/// <param name="Version">The number of the list as last known (<c>deltaNum</c>); null before the first.</param>
public sealed record ContactListStateChange(
    ContactListState Previous, ContactListState Current, ContactListStateChangeReason Reason, Exception? Cause, DateTimeOffset When, uint? Version)
    : StateChange<ContactListState>(Previous, Current, Cause, When)
{
    /// <inheritdoc/>
    public override string ToString() => Describe(Reason);
}
