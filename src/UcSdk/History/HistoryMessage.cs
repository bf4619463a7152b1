using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>An instant message as it is kept.</summary>
/// <param name="Id">Its id, as <see cref="InstantMessage.Id"/>.</param>
/// <param name="ConversationId">The conversation, as <see cref="Conversation.Id"/>: on the wire the <c>Ms-Conversation-ID</c>.</param>
/// <param name="Sender">Who wrote it, <c>sip:user@domain</c>.</param>
/// <param name="Time">When it was received, or given to be sent.</param>
public sealed record HistoryMessage(string Id, string ConversationId, string Sender, DateTimeOffset Time)
{
    /// <summary>The sender's name; empty when not known.</summary>
    public string SenderName { get; init; } = "";

    /// <summary>To whom it was said, as far as known: the others in the conversation.</summary>
    public ValueList<string> Recipients { get; init; } = [];

    /// <summary>Which way it went.</summary>
    public InstantMessageDirection Direction { get; init; }

    /// <summary>What it says as plain text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The same as HTML, as the sender wrote it: make it safe before you show it (<see cref="RichText"/>). Null when there is none.</summary>
    public string? Html { get; init; }

    /// <summary>What the conversation is about; empty when not said.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The address of the conference in which it was said; null for a conversation between two.</summary>
    public string? ConferenceUri { get; init; }

    /// <summary>What became of it at each recipient; empty for a received message, and for one that is not settled.</summary>
    public ValueList<HistoryResult> Results { get; init; } = [];

    /// <summary>Whether the person wrote it or it was said to them.</summary>
    public bool IsWith(string person) =>
        Sender.Equals(person, StringComparison.OrdinalIgnoreCase) || Recipients.Any(recipient => recipient.Equals(person, StringComparison.OrdinalIgnoreCase));

    /// <summary>The message as one line of JSON in UTF-8, as <see cref="JsonLinesHistory"/> writes it.</summary>
    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        HistoryJson.Write(this, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToJson"/> writes; members that are not known are passed over.</summary>
    /// <param name="json">One object in UTF-8.</param>
    /// <param name="message">The message.</param>
    /// <param name="error">What is wrong; never what it says.</param>
    /// <returns>False when it is no JSON, or says not which message, where, when and by whom.</returns>
    public static bool TryReadJson(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out HistoryMessage? message, out string error) => HistoryJson.TryRead(json, out message, out _, out error);

    /// <summary>The direction and when; never who or what.</summary>
    public override string ToString() => $"{Direction} {Time:O}";

    internal static HistoryMessage Of(InstantMessage message, IReadOnlyList<RecipientDelivery>? deliveries)
    {
        var conversation = message.Conversation;
        var others = conversation.Participants.Select(participant => participant.Uri).Append(conversation.SelfParticipant.Uri)
            .Where(uri => !uri.Equals(message.Sender.Uri, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase);
        return new HistoryMessage(message.Id, conversation.Id, message.Sender.Uri, message.Time)
        {
            SenderName = message.Sender.DisplayName,
            Recipients = ValueList.From(deliveries is { Count: > 0 } ? deliveries.Select(delivery => delivery.Uri) : others),
            Direction = message.Direction,
            Text = message.Text,
            Html = message.Content.Html,
            Subject = conversation.Subject,
            ConferenceUri = conversation.ConferenceSession?.ConferenceUri,
            Results = deliveries is null ? [] : ValueList.From(deliveries.Select(HistoryResult.Of)),
        };
    }
}
