using System.Diagnostics.CodeAnalysis;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// What a client needs to go on as the same endpoint in another process: <see cref="LyncClient.ExportAsync"/> gives it, <see cref="LyncClientOptions.Resume"/> takes
/// it. It holds addresses and numbers and no secret: neither a password nor a key of a security association, which lives and dies with its connection.
/// </summary>
public sealed record ClientSnapshot
{
    /// <summary>The address of the user, <c>sip:user@domain</c>.</summary>
    public required string User { get; init; }

    /// <summary>The endpoint ([MS-SIPRE] §2.2): 1 to 16 hexadecimal digits. Instance id and GRUU follow from it.</summary>
    public required string Epid { get; init; }

    /// <summary>The server that signed the user in.</summary>
    public required SipTransportAddress Server { get; init; }

    /// <summary>The registrars that a server named as the user's own, the primary first; empty where none did.</summary>
    public IReadOnlyList<SipTransportAddress> HomeServers { get; init; } = [];

    /// <summary>The address of this very endpoint; null where the server gave none. It comes out the same after resuming.</summary>
    public string? Gruu { get; init; }

    /// <summary>The Call-ID of the registration (RFC 3261 §10.2), which goes on; null for a new one.</summary>
    public string? CallId { get; init; }

    /// <summary>The last CSeq that was used with it.</summary>
    public uint CSeq { get; init; }

    /// <summary>The wall clock when it was taken.</summary>
    public DateTimeOffset TakenAt { get; init; }

    /// <summary>The snapshot as JSON, in the format's version 1.</summary>
    public string ToJson() => ClientSnapshotJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote. Whatever is missing, double, unknown, malformed or of another version is refused.</summary>
    /// <param name="json">The text, at most 64 KiB.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="error">What is wrong; empty when nothing is. It repeats nothing of the text but the names of members.</param>
    public static bool TryParse(string? json, [NotNullWhen(true)] out ClientSnapshot? snapshot, out string error) =>
        ClientSnapshotJson.TryRead(json, out snapshot, out error);

    /// <summary>Two snapshots are equal when all that they hold is.</summary>
    public bool Equals(ClientSnapshot? other) =>
        other is not null && (User, Epid, Server, Gruu, CallId, CSeq, TakenAt) == (other.User, other.Epid, other.Server, other.Gruu, other.CallId, other.CSeq, other.TakenAt)
        && HomeServers.SequenceEqual(other.HomeServers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(User, Epid, CallId, CSeq);

    /// <summary>Endpoint and server; not the user.</summary>
    public override string ToString() => $"endpoint {Epid} at {Server}";

    internal void Validate()
    {
        if (ClientSnapshotJson.Objection(this) is { } why)
        {
            throw new ArgumentException($"The snapshot cannot be resumed: {why}.", nameof(LyncClientOptions.Resume));
        }
    }
}
