using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// Why a Lync peer refused or ended something: <c>3014;reason="…";source="server.example"</c> in ms-diagnostics, ms-diagnostics-public or
/// ms-client-diagnostics ([MS-OCER]). The codes are listed in [MS-OCER] §7 and §8.
/// </summary>
public sealed class MsDiagnostics
{
    /// <summary>Builds a value.</summary>
    /// <param name="errorId">The code, 0 or more.</param>
    /// <param name="reason">What happened, for people; null to leave it out.</param>
    /// <param name="source">The host that says so; null to leave it out, as ms-diagnostics-public does.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is negative.</exception>
    /// <exception cref="ArgumentException">A text holds a line end.</exception>
    public MsDiagnostics(int errorId, string? reason = null, string? source = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(errorId);
        var parameters = SipParameters.Empty;
        parameters = reason is null ? parameters : parameters.WithQuoted("reason", RequireSingleLine(reason, nameof(reason)));
        parameters = source is null ? parameters : parameters.WithQuoted("source", RequireSingleLine(source, nameof(source)));
        ErrorId = errorId;
        Parameters = parameters;
    }

    private MsDiagnostics(int errorId, SipParameters parameters)
    {
        ErrorId = errorId;
        Parameters = parameters;
    }

    /// <summary>The code.</summary>
    public int ErrorId { get; }

    /// <summary>What happened, for people; null when absent.</summary>
    public string? Reason => Parameters["reason"];

    /// <summary>The host that says so; null when absent.</summary>
    public string? Source => Parameters["source"];

    /// <summary>All parameters in order, also the unknown ones.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The diagnostics of a message: ms-diagnostics, else ms-diagnostics-public, else ms-client-diagnostics; null when none can be read.</summary>
    public static MsDiagnostics? Of(SipMessage message) =>
        TryParse(message.Headers[HeaderName.MsDiagnostics], out var value)
        || TryParse(message.Headers[HeaderName.MsDiagnosticsPublic], out value)
        || TryParse(message.Headers[HeaderName.MsClientDiagnostics], out value) ? value : null;

    /// <summary>Reads a value. Only the code must be readable: parameters that are not are left out.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MsDiagnostics? value)
    {
        value = null;
        var rest = text.AsSpan().Trim(SipGrammar.Blanks);
        var semicolon = rest.IndexOf(';');
        if (!int.TryParse((semicolon < 0 ? rest : rest[..semicolon]).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var errorId))
        {
            return false;
        }

        var parameters = SipParameters.Empty;
        if (semicolon >= 0)
        {
            _ = SipParameters.TryParse(rest[semicolon..], out parameters);
        }

        value = new(errorId, parameters);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => ErrorId.ToString(CultureInfo.InvariantCulture) + Parameters;

    private static string RequireSingleLine(string text, string name) =>
        SipGrammar.IsSingleLine(text) ? text : throw new ArgumentException("A diagnostics text holds no line end.", name);
}
