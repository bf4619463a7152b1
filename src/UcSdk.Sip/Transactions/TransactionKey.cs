using System.Globalization;

namespace UcSdk.Sip;

/// <summary>
/// The text by which a message finds its transaction. Keys are compared without regard to case: peers of the Lync family change the case
/// of what they echo.
/// </summary>
internal static class TransactionKey
{
    /// <summary>RFC 3261 §17.1.3: the branch and the method of CSeq.</summary>
    public static string OfClient(string branch, SipMethod method) => $"{branch}|{method.Name}";

    /// <summary>
    /// RFC 3261 §17.2.3: branch, sent-by and method; an ACK has the key of its INVITE. Without the magic cookie (peers that put no branch
    /// on requests inside a dialog) the identifying header fields take the branch's place.
    /// </summary>
    public static string OfServer(SipRequest request, SipMethod? method = null)
    {
        var via = request.TopVia!;
        var name = (method ?? (request.Method == SipMethod.Ack ? SipMethod.Invite : request.Method)).Name;
        return via.HasMagicCookie
            ? $"{via.Branch}|{via.SentBy}|{name}"
            : $"2543|{request.CallId}|{request.CSeq!.Number.ToString(CultureInfo.InvariantCulture)}|{request.From!.Tag}|{via.SentBy}|{name}";
    }

    /// <summary>RFC 3261 §8.2.2.2: what two copies of one request that came by different paths have in common.</summary>
    public static string OfMerge(SipRequest request) => $"{request.CallId}|{request.CSeq}|{request.From!.Tag}";
}
