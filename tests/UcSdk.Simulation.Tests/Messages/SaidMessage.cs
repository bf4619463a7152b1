namespace UcSdk.Simulation.Tests;

/// <summary>One message as it was given to be sent.</summary>
/// <param name="Text">What it says, which nobody else ever says.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Number">Its place among all that the sender has written.</param>
/// <param name="Recipients">Who was seen in the conversation.</param>
/// <param name="Peer">The other person of a conversation that began between two, who may be its only recipient; null in a meeting.</param>
/// <param name="At">When.</param>
internal sealed record SaidMessage(string Text, string Sender, int Number, IReadOnlyList<string> Recipients, string? Peer, TimeSpan At)
{
    /// <summary>The outcomes that the sender was told of, each with its time; one, when all is well.</summary>
    public List<(IReadOnlyList<RecipientDelivery> Recipients, TimeSpan At)> Results { get; } = [];

    /// <summary>Whether the client refused to take it.</summary>
    public bool IsRefused { get; set; }
}
