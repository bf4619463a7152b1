using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What the IM MCU wants done; the closed vocabulary between the core and its edge.</summary>
internal abstract record ImEffect
{
    private ImEffect()
    {
    }

    /// <summary>Send a message to a participant, and tell <see cref="ImMcu.Answered"/> what comes of it.</summary>
    public sealed record Relay(long Leg, string Sender, ImContent Content) : ImEffect;

    /// <summary>Tell a participant whether somebody types. Nobody waits for the answer.</summary>
    public sealed record RelayTyping(long Leg, string Sender, ImTyping Typing) : ImEffect;

    /// <summary>Tell the sender of a message what became of it.</summary>
    public sealed record Report(long Leg, InstantMessageDeliveryNotification Notification) : ImEffect;
}
