using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// One provisional answer to an invitation of ours (RFC 3261 §21.1): 180 where it rings, 183, and 101 by which Lync servers tell how they route it ([MS-OCER] §3.1). None
/// of them decides anything.
/// </summary>
/// <param name="StatusCode">101 to 199.</param>
/// <param name="ReasonPhrase">The same for people, as it was said.</param>
/// <param name="Diagnostics">What the server says about it (<c>ms-diagnostics</c>); null when nothing.</param>
public sealed record InvitationProgress(int StatusCode, string ReasonPhrase, MsDiagnostics? Diagnostics)
{
    /// <summary>The status, and the id of the diagnosis; never who or what.</summary>
    public override string ToString() => Diagnostics is null ? $"{StatusCode}" : $"{StatusCode} ({Diagnostics.ErrorId})";
}
