namespace UcSdk.Sip;

/// <summary>What a request gets that nobody wanted.</summary>
internal static class Refusals
{
    public static int OutsideDialog(SipMethod method) =>
        method.IsInvite ? StatusCode.TemporarilyUnavailable
        : method == SipMethod.Options ? StatusCode.Ok
        // They make no dialog, and there is none (RFC 3261 §12.2.2, §15.1.2, RFC 3262 §3, RFC 6086 §4.2).
        : method == SipMethod.Bye || method == SipMethod.Prack || method == SipMethod.Update || method == SipMethod.Info ? StatusCode.CallOrTransactionDoesNotExist
        : StatusCode.NotImplemented;

    public static int InsideDialog(SipMethod method) =>
        method.IsInvite ? StatusCode.NotAcceptableHere
        : method == SipMethod.Info ? StatusCode.UnsupportedMediaType
        : method == SipMethod.Options ? StatusCode.Ok
        // RFC 6665 §4.1.3: a NOTIFY for which there is no subscription (any more).
        : method == SipMethod.Notify ? StatusCode.CallOrTransactionDoesNotExist
        : method == SipMethod.Update || method == SipMethod.Message || method == SipMethod.Refer
            ? StatusCode.MethodNotAllowed
            : StatusCode.NotImplemented;
}
