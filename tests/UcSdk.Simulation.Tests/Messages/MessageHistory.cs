namespace UcSdk.Simulation.Tests;

/// <summary>What was said, shown and reported on a day, and what happened to the connections.</summary>
internal sealed class MessageHistory
{
    private readonly Dictionary<string, SaidMessage> _byText = [];

    public List<SaidMessage> Said { get; } = [];

    /// <summary>In the order in which it was shown.</summary>
    public List<ShownMessage> Shown { get; } = [];

    /// <summary>One for each connection that a fault has hit: a restart of the server hits them all.</summary>
    public List<MessageTrouble> Troubles { get; } = [];

    /// <summary>The cuts, silences and restarts themselves, those too that have hit no connection.</summary>
    public int Faults { get; set; }

    /// <summary>Who left a conference, or its messages, between when and when: what is on its way to them then may or may not be shown.</summary>
    public List<MessageTrouble> Departures { get; } = [];

    /// <summary>What is wrong in itself.</summary>
    public List<string> Offences { get; } = [];

    public void Say(SaidMessage message)
    {
        Said.Add(message);
        _byText.Add(message.Text, message);
    }

    public SaidMessage? Find(string text) => _byText.GetValueOrDefault(text);

    /// <summary>The sender is told what became of a message.</summary>
    public void Settle(string text, IReadOnlyList<RecipientDelivery> recipients, TimeSpan at)
    {
        if (Find(text) is { } message)
        {
            message.Results.Add((recipients, at));
        }
        else
        {
            Offences.Add($"a result of {text}, which nobody has said");
        }
    }
}
