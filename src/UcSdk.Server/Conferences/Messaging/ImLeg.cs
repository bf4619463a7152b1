namespace UcSdk.Server;

/// <summary>One endpoint of a participant in the chat of a conference.</summary>
/// <param name="number">The edge's number of its session.</param>
/// <param name="user">The address of record of its user.</param>
/// <param name="address">Its own address, by which reports name it.</param>
/// <param name="accepted">What it takes.</param>
internal sealed class ImLeg(long number, string user, string address, AcceptedTypes accepted)
{
    public long Number { get; } = number;

    public string User { get; } = user;

    public string Address { get; } = address;

    public AcceptedTypes Accepted { get; set; } = accepted;

    /// <summary>The message that it has not answered yet; null when it is free for the next.</summary>
    public ImDelivery? Sending { get; set; }

    /// <summary>What comes after that, in order.</summary>
    public Queue<(ImDelivery Delivery, ImContent Content)> Waiting { get; } = new();

    /// <summary>What is to be said of typing once nothing else is to be sent: the last word of each other leg.</summary>
    public Dictionary<long, (string Sender, ImTyping Typing)> Typing { get; } = [];

    public bool IsOf(string other) => User.Equals(other, StringComparison.OrdinalIgnoreCase);
}
