using UcSdk.Sip;

namespace UcSdk;

/// <summary>One change of a <see cref="LyncClient"/>.</summary>
/// <param name="Previous">The state that was left.</param>
/// <param name="Current">The state that was entered.</param>
/// <param name="Reason">Why.</param>
/// <param name="Cause">What the network or the server did, where that is the reason; otherwise null.</param>
/// <param name="When">The wall clock at the change.</param>
/// <param name="Uri">The user's address at the change; null while nobody is signed in.</param>
/// <param name="Gruu">The address of this very endpoint at the change; null while it has none.</param>
public sealed record ClientStateChange(
    ClientState Previous, ClientState Current, ClientStateChangeReason Reason, Exception? Cause, DateTimeOffset When, string? Uri, string? Gruu)
    : StateChange<ClientState>(Previous, Current, Cause, When)
{
    /// <summary>What the server said when it withdrew the registration; null when that is not what happened.</summary>
    public Deregistration? Deregistration => (Cause as RegisterException)?.Deregistration;

    /// <inheritdoc/>
    public override string ToString() => Describe(Reason);
}
