using System.Globalization;

namespace UcSdk.Sip;

/// <summary>What a proxy's CANCEL says in Reason about why it came (RFC 3326 §2).</summary>
internal static class CancelReasons
{
    /// <summary>Another branch took the call.</summary>
    public static readonly string CompletedElsewhere = AcceptedElsewhere.Create().ToString();

    /// <summary>The branch has rung long enough.</summary>
    public const string TimedOut = "SIP;cause=408;text=\"Request Timeout\"";

    /// <summary>Another branch refused for all.</summary>
    public static string Refused(int status) =>
        string.Create(CultureInfo.InvariantCulture, $"SIP;cause={status};text=\"{StatusCode.ReasonPhrase(status)}\"");
}
