namespace UcSdk.Server.Web;

/// <summary>An HTTP request, read whole.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Path">The path of the URL, decoded, without the query.</param>
/// <param name="Connection">The connection that it came on, by which a handshake of NTLM is known; compared by reference.</param>
/// <param name="RemoteHost">The host at its other end.</param>
internal sealed record WebRequest(string Method, string Path, object Connection, string RemoteHost)
{
    /// <summary>The header field <c>Authorization</c>; null for none.</summary>
    public string? Authorization { get; init; }

    /// <summary>The header field <c>X-MS-WebTicket</c>; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
