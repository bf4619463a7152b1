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
        : method == SipMethod.Update || method == SipMethod.Message || method == SipMethod.Refer || method == SipMethod.Notify
            ? StatusCode.MethodNotAllowed
            : StatusCode.NotImplemented;
}
