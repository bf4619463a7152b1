using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What a focus wants done; the closed vocabulary between the core and its edge.</summary>
internal abstract record FocusEffect
{
    private FocusEffect()
    {
    }

    /// <summary>Send a roster document to a subscriber.</summary>
    public sealed record Notify(long Subscription, ConferenceInfo Document) : FocusEffect;

    /// <summary>End a subscription, with a last document where there is something to tell (RFC 6665 §4.2.2).</summary>
    public sealed record EndSubscription(long Subscription, ConferenceInfo? Document) : FocusEffect;

    /// <summary>Say BYE to a focus dialog.</summary>
    public sealed record EndDialog(long Dialog, FocusDialogEnd Reason) : FocusEffect;

    /// <summary>Say BYE to a dialog with an MCU and free its leg.</summary>
    public sealed record EndLeg(long Leg) : FocusEffect;

    /// <summary>The conference entered another state.</summary>
    public sealed record StateChanged(FocusState Previous, FocusState Current, FocusReason Reason) : FocusEffect;
}
