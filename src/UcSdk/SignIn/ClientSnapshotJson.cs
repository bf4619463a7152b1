using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>The JSON form of a <see cref="ClientSnapshot"/>, version 1: one flat object, every member of which is known.</summary>
internal static class ClientSnapshotJson
{
    private const string Format = "ucsdk-client";
    private const int Version = 1;

    /// <summary>Characters of the text; one more, and it is refused.</summary>
    internal static readonly Limit MaxLength = new(nameof(MaxLength), 65_536);

    /// <summary>Home servers in it; one more, and it is refused.</summary>
    internal static readonly Limit MaxHomeServers = new(nameof(MaxHomeServers), 16);

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 3, AllowDuplicateProperties = false };

    public static string Write(ClientSnapshot snapshot)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteString("user", snapshot.User);
            json.WriteString("epid", snapshot.Epid);
            json.WriteString("server", snapshot.Server.ToString());
            json.WriteStartArray("homeServers");
            foreach (var server in snapshot.HomeServers)
            {
                json.WriteStringValue(server.ToString());
            }

            json.WriteEndArray();
            WriteOptional(json, "gruu", snapshot.Gruu);
            WriteOptional(json, "callId", snapshot.CallId);
            json.WriteNumber("cseq", snapshot.CSeq);
            json.WriteString("takenAt", snapshot.TakenAt.ToString("O", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static bool TryRead(string? text, [NotNullWhen(true)] out ClientSnapshot? snapshot, out string error)
    {
        snapshot = null;
        if (text is null || !MaxLength.Allows(text.Length))
        {
            error = text is null ? "there is no text" : MaxLength.Exceeded(0).Expected;
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            error = Read(document.RootElement, out snapshot) ?? Objection(snapshot!) ?? "";
        }
        catch (JsonException)
        {
            error = "it is no JSON, or too deep, or has a member twice";
        }

        snapshot = error.Length == 0 ? snapshot : null;
        return snapshot is not null;
    }

    /// <summary>What is wrong with the values; null when nothing is.</summary>
    public static string? Objection(ClientSnapshot snapshot) =>
        !(SipUri.TryParse(snapshot.User, out var user) && user is { IsSip: true, User.Length: > 0 }) ? "user is no address"
        : !(Epid.IsValid(snapshot.Epid) && snapshot.Epid.All(char.IsAsciiHexDigit)) ? "epid is none"
        : !SipTransports.IsKnown(snapshot.Server.Transport) || snapshot.HomeServers.Any(server => !SipTransports.IsKnown(server.Transport)) ? "there is no such transport"
        : !MaxHomeServers.Allows(snapshot.HomeServers.Count) ? "there are too many homeServers"
        : snapshot.Gruu is { } gruu && !SipUri.TryParse(gruu, out _) ? "gruu is no address"
        : snapshot.CallId is { } callId && (callId.Length is 0 or > 255 || callId.AsSpan().ContainsAnyExceptInRange('!', '~')) ? "callId is none"
        : snapshot.CSeq >= int.MaxValue ? "cseq is too large"
        : null;

    // Null when everything was there.
    private static string? Read(JsonElement root, out ClientSnapshot? snapshot)
    {
        snapshot = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return "an object is wanted";
        }

        var known = new Dictionary<string, JsonElement>();
        foreach (var member in root.EnumerateObject())
        {
            known.Add(member.Name, member.Value);
        }

        if (TakeText(known, "format") != Format || !(known.Remove("version", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == Version))
        {
            return "it is not of this format and version";
        }

        var (user, epid, server, taken) = (TakeText(known, "user"), TakeText(known, "epid"), TakeServer(known, "server"), TakeText(known, "takenAt"));
        var (gruu, callId, homes) = (TakeText(known, "gruu"), TakeText(known, "callId"), TakeServers(known, "homeServers"));
        var hasNumber = known.Remove("cseq", out var cseq) & (cseq.ValueKind == JsonValueKind.Number && cseq.TryGetUInt32(out _));
        if (known.Count > 0)
        {
            return $"'{known.Keys.First()}' is unknown, or not what it should be";
        }

        if (user is null || epid is null || server is null || homes is null || !hasNumber
            || !DateTimeOffset.TryParseExact(taken, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var when))
        {
            return "a member is missing, or not what it should be";
        }

        snapshot = new() { User = user, Epid = epid, Server = server, HomeServers = homes, Gruu = gruu, CallId = callId, CSeq = cseq.GetUInt32(), TakenAt = when };
        return null;
    }

    private static string? TakeText(Dictionary<string, JsonElement> known, string name)
    {
        if (known.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String)
        {
            known.Remove(name);
            return value.GetString();
        }

        return null;
    }

    private static SipTransportAddress? TakeServer(Dictionary<string, JsonElement> known, string name) =>
        TakeText(known, name) is { } text && SipTransportAddress.TryParse(text, out var server) ? server : null;

    private static List<SipTransportAddress>? TakeServers(Dictionary<string, JsonElement> known, string name)
    {
        var servers = new List<SipTransportAddress>();
        if (!known.Remove(name, out var array) || array.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !SipTransportAddress.TryParse(item.GetString(), out var server))
            {
                return null;
            }

            servers.Add(server);
        }

        return servers;
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
