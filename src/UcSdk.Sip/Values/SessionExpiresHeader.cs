using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace UcSdk.Sip;

/// <summary>Session-Expires: how long a session lives without a refresh, and who refreshes it (RFC 4028 §4).</summary>
/// <param name="Interval">At least 90 s by the RFC; what peers write is taken as it is.</param>
/// <param name="Refresher">Null when it is left open.</param>
public sealed record SessionExpiresHeader(TimeSpan Interval, SessionRefresher? Refresher = null)
{
    /// <summary>Reads <c>4000;refresher=uac</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SessionExpiresHeader? value)
    {
        value = null;
        var semicolon = text?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        var parameters = SipParameters.Empty;
        if (!uint.TryParse(semicolon < 0 ? text : text!.AsSpan(0, semicolon).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (semicolon >= 0 && !SipParameters.TryParse(text.AsSpan(semicolon), out parameters)))
        {
            return false;
        }

        SessionRefresher? refresher = parameters["refresher"]?.ToLowerInvariant() switch
        {
            "uac" => SessionRefresher.Uac,
            "uas" => SessionRefresher.Uas,
            _ => null,
        };
        value = new(TimeSpan.FromSeconds(seconds), refresher);
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() =>
        ((long)Interval.TotalSeconds).ToString(CultureInfo.InvariantCulture)
        + Refresher switch { SessionRefresher.Uac => ";refresher=uac", SessionRefresher.Uas => ";refresher=uas", _ => "" };
}
