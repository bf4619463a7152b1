namespace UcSdk.TestKit;

/// <summary>What goes wrong with SIP messages between a client and its network. The text is that of <see cref="WireText"/>.</summary>
internal sealed class LineFaults
{
    /// <summary>Chooses what vanishes although the client has sent it.</summary>
    public Func<string, bool>? LosesSent { get; set; }

    /// <summary>Puts something else in the place of what the client sends.</summary>
    public Func<string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? ChangesSent { get; set; }

    /// <summary>Chooses what never reaches the client.</summary>
    public Func<string, bool>? LosesReceived { get; set; }

    /// <summary>Puts something else in the place of what reaches the client.</summary>
    public Func<string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? ChangesReceived { get; set; }

    /// <summary>Puts any number of messages in the place of one that reaches the client; asked before the others.</summary>
    public Func<string, ReadOnlyMemory<byte>, IReadOnlyList<ReadOnlyMemory<byte>>>? MultipliesReceived { get; set; }
}
