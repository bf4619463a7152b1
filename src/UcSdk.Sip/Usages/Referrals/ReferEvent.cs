using System.Globalization;

namespace UcSdk.Sip;

/// <summary>The event package of REFER and its subscriptions: <c>refer</c>, with the REFER's sequence number as id (RFC 3515 §2.4.6).</summary>
internal static class ReferEvent
{
    public const string Package = "refer";

    /// <summary>The value for the subscription of this REFER: the first of a dialog needs no id, all others do.</summary>
    public static string Of(SipRequest refer, bool isFirst) => isFirst ? Package : $"{Package};id={IdOf(refer)}";

    /// <summary>True when the request's Event names the subscription of this REFER, or names none of them.</summary>
    public static bool IsMeant(SipRequest request, SipRequest refer)
    {
        if (EventPackage.Of(request) != Package)
        {
            return false;
        }

        var text = request.Headers[HeaderName.Event]!;
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        return semicolon < 0 || !SipParameters.TryParse(text.AsSpan(semicolon), out var parameters)
            || parameters["id"] is not { } id || id == IdOf(refer);
    }

    private static string IdOf(SipRequest refer) => refer.CSeq!.Number.ToString(CultureInfo.InvariantCulture);
}
