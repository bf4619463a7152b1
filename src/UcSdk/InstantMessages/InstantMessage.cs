namespace UcSdk;

/// <summary>One instant message of a conversation, received or sent here.</summary>
public sealed class InstantMessage
{
    internal InstantMessage(string id, Participant sender, InstantMessageContent content, InstantMessageDirection direction, DateTimeOffset time)
    {
        Id = id;
        Sender = sender;
        Content = content;
        Direction = direction;
        Time = time;
    }

    /// <summary>Its id, this client's own: nothing on the wire has it.</summary>
    public string Id { get; }

    /// <summary>Who wrote it; <see cref="Conversation.SelfParticipant"/> for a message sent here.</summary>
    public Participant Sender { get; }

    /// <summary>Where it was said.</summary>
    public Conversation Conversation => Sender.Conversation;

    /// <summary>What it says.</summary>
    public InstantMessageContent Content { get; }

    /// <summary>What it says as plain text.</summary>
    public string Text => Content.Text;

    /// <summary>Which way it went.</summary>
    public InstantMessageDirection Direction { get; }

    /// <summary>When it was received, or given to be sent, by the wall clock here.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The direction and how long it is; never who wrote it or what it says.</summary>
    public override string ToString() => $"{Direction}, {Content}";
}
