using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The targets that a 3xx names (RFC 3261 §16.7 step 4).</summary>
internal static class Redirection
{
    /// <summary>The Contacts as targets by their q; other schemes than SIP's, and sip where sips was asked for, are left to the caller.</summary>
    public static IEnumerable<ProxyTarget> TargetsOf(SipResponse response, SipRequest request)
    {
        foreach (var text in response.Headers.GetList(HeaderName.Contact))
        {
            if (NameAddr.TryParse(text, out var contact) && contact.Uri.IsSip && (request.Uri!.Scheme != "sips" || contact.Uri.Scheme == "sips"))
            {
                yield return new ProxyTarget(contact.Uri) { Q = PreferenceOf(contact) };
            }
        }
    }

    private static double PreferenceOf(NameAddr contact) =>
        double.TryParse(contact.Parameters["q"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? Math.Clamp(q, 0, 1) : 1;
}
