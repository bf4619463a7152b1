using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using UcSdk.Documents;

namespace UcSdk;

/// <summary>A kept message as one line of JSON. Members that are empty are left out; those that are not known are passed over.</summary>
internal static class HistoryJson
{
    // Line ends inside strings are escaped by JSON itself, so a message is one line; letters of all scripts stay legible.
    private static readonly JsonWriterOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    /// <param name="message">The message.</param>
    /// <param name="output">Where to.</param>
    /// <param name="isLate">Whether it stands behind messages that were said long after it, which who reads from the end has to know.</param>
    public static void Write(HistoryMessage message, IBufferWriter<byte> output, bool isLate = false)
    {
        using var json = new Utf8JsonWriter(output, Legible);
        json.WriteStartObject();
        json.WriteString("id", message.Id);
        json.WriteString("conversation", message.ConversationId);
        json.WriteString("time", message.Time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("direction", message.Direction == InstantMessageDirection.Outgoing ? "out" : "in");
        json.WriteString("sender", message.Sender);
        WriteOptional(json, "senderName", message.SenderName);
        WriteOptional(json, "subject", message.Subject);
        WriteOptional(json, "conference", message.ConferenceUri);
        json.WriteStartArray("recipients");
        foreach (var recipient in message.Recipients)
        {
            json.WriteStringValue(recipient);
        }

        json.WriteEndArray();
        json.WriteString("text", message.Text);
        WriteOptional(json, "html", message.Html);
        if (message.Results.Count > 0)
        {
            WriteResults(json, message.Results);
        }

        if (isLate)
        {
            json.WriteBoolean("late", true);
        }

        json.WriteEndObject();
    }

    public static bool TryRead(ReadOnlyMemory<byte> line, [NotNullWhen(true)] out HistoryMessage? message, out bool isLate, out string error)
    {
        (message, isLate) = (null, false);
        error = "no JSON";
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            message = Read(document.RootElement);
            isLate = message is not null && document.RootElement.TryGetProperty("late", out var late) && late.ValueKind == JsonValueKind.True;
            error = "no message: id, conversation, sender or time is missing";
            return message is not null;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void WriteResults(Utf8JsonWriter json, ValueList<HistoryResult> results)
    {
        json.WriteStartArray("results");
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("recipient", result.Recipient);
            json.WriteString("outcome", result.Outcome switch { DeliveryOutcome.Delivered => "delivered", DeliveryOutcome.Failed => "failed", _ => "unconfirmed" });
            json.WriteNumber("status", result.StatusCode);
            WriteOptional(json, "reason", result.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static HistoryMessage? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || Text(root, "id") is not { Length: > 0 } id || Text(root, "conversation") is not { } conversation || Text(root, "sender") is not { } sender
            || !DateTimeOffset.TryParseExact(Text(root, "time"), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return null;
        }

        return new HistoryMessage(id, conversation, sender, time)
        {
            Direction = Text(root, "direction") == "out" ? InstantMessageDirection.Outgoing : InstantMessageDirection.Incoming,
            SenderName = Text(root, "senderName") ?? "",
            Subject = Text(root, "subject") ?? "",
            ConferenceUri = Text(root, "conference"),
            Recipients = ValueList.From(Items(root, "recipients").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)),
            Text = Text(root, "text") ?? "",
            Html = Text(root, "html"),
            Results = ReadResults(root),
        };
    }

    private static ValueList<HistoryResult> ReadResults(JsonElement root) => ValueList.From(Items(root, "results").Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new HistoryResult(
        Text(item, "recipient") ?? "",
        Text(item, "outcome") switch { "delivered" => DeliveryOutcome.Delivered, "failed" => DeliveryOutcome.Failed, _ => DeliveryOutcome.Unconfirmed },
        item.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var code) ? code : 0,
        Text(item, "reason") ?? "")));

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                yield return item;
            }
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
