namespace UcSdk.Sip;

/// <summary>What a request gets that nobody wanted.</summary>
internal static class Refusals
{
    public static int OutsideDialog(SipMethod method) =>
        method.IsInvite ? StatusCode.TemporarilyUnavailable
        : method == SipMethod.Options ? StatusCode.Ok
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
