using System.Text;

namespace UcSdk.Sip;

/// <summary>The status codes that UcSdk itself sends or acts on, with their usual reason phrases (RFC 3261 §21 and the RFCs named there).</summary>
public static class StatusCode
{
#pragma warning disable CS1591 // The names are the reason phrases.
    public const int Trying = 100;
    public const int Ringing = 180;
    public const int CallIsBeingForwarded = 181;
    public const int SessionProgress = 183;
    public const int Ok = 200;
    public const int Accepted = 202;
    public const int MovedPermanently = 301;
    public const int MovedTemporarily = 302;
    public const int UseProxy = 305;
    public const int BadRequest = 400;
    public const int Unauthorized = 401;
    public const int Forbidden = 403;
    public const int NotFound = 404;
    public const int MethodNotAllowed = 405;
    public const int NotAcceptable = 406;
    public const int ProxyAuthenticationRequired = 407;
    public const int RequestTimeout = 408;
    public const int ConditionalRequestFailed = 412;
    public const int Conflict = 409;
    public const int RequestEntityTooLarge = 413;
    public const int UnsupportedMediaType = 415;
    public const int UnsupportedUriScheme = 416;
    public const int BadExtension = 420;
    public const int ExtensionRequired = 421;
    public const int SessionIntervalTooSmall = 422;
    public const int IntervalTooBrief = 423;
    public const int MaxBreadthExceeded = 440;
    public const int FlowFailed = 430;
    public const int FirstHopLacksOutboundSupport = 439;
    public const int TemporarilyUnavailable = 480;
    public const int CallOrTransactionDoesNotExist = 481;
    public const int LoopDetected = 482;
    public const int TooManyHops = 483;
    public const int AddressIncomplete = 484;
    public const int Ambiguous = 485;
    public const int BusyHere = 486;
    public const int RequestTerminated = 487;
    public const int NotAcceptableHere = 488;
    public const int BadEvent = 489;
    public const int RequestPending = 491;
    public const int ServerInternalError = 500;
    public const int NotImplemented = 501;
    public const int ServiceUnavailable = 503;
    public const int ServerTimeout = 504;
    public const int VersionNotSupported = 505;
    public const int MessageTooLarge = 513;
    public const int BusyEverywhere = 600;
    public const int Decline = 603;
#pragma warning restore CS1591

    /// <summary>The usual reason phrase; for an unknown code that of its class.</summary>
    public static string ReasonPhrase(int code) => code switch
    {
        Trying => "Trying",
        Ringing => "Ringing",
        CallIsBeingForwarded => "Call Is Being Forwarded",
        SessionProgress => "Session Progress",
        Ok => "OK",
        Accepted => "Accepted",
        MovedPermanently => "Moved Permanently",
        MovedTemporarily => "Moved Temporarily",
        BadRequest => "Bad Request",
        Unauthorized => "Unauthorized",
        Forbidden => "Forbidden",
        NotFound => "Not Found",
        MethodNotAllowed => "Method Not Allowed",
        NotAcceptable => "Not Acceptable",
        ProxyAuthenticationRequired => "Proxy Authentication Required",
        RequestTimeout => "Request Timeout",
        ConditionalRequestFailed => "Conditional Request Failed",
        Conflict => "Conflict",
        RequestEntityTooLarge => "Request Entity Too Large",
        UnsupportedMediaType => "Unsupported Media Type",
        UnsupportedUriScheme => "Unsupported URI Scheme",
        BadExtension => "Bad Extension",
        ExtensionRequired => "Extension Required",
        SessionIntervalTooSmall => "Session Interval Too Small",
        IntervalTooBrief => "Interval Too Brief",
        MaxBreadthExceeded => "Max-Breadth Exceeded",
        FlowFailed => "Flow Failed",
        FirstHopLacksOutboundSupport => "First Hop Lacks Outbound Support",
        TemporarilyUnavailable => "Temporarily Unavailable",
        CallOrTransactionDoesNotExist => "Call/Transaction Does Not Exist",
        LoopDetected => "Loop Detected",
        TooManyHops => "Too Many Hops",
        AddressIncomplete => "Address Incomplete",
        Ambiguous => "Ambiguous",
        BusyHere => "Busy Here",
        RequestTerminated => "Request Terminated",
        NotAcceptableHere => "Not Acceptable Here",
        BadEvent => "Bad Event",
        RequestPending => "Request Pending",
        ServerInternalError => "Server Internal Error",
        NotImplemented => "Not Implemented",
        ServiceUnavailable => "Service Unavailable",
        ServerTimeout => "Server Time-out",
        VersionNotSupported => "Version Not Supported",
        MessageTooLarge => "Message Too Large",
        BusyEverywhere => "Busy Everywhere",
        Decline => "Decline",
        _ => (code / 100) switch
        {
            1 => "Progress",
            2 => "OK",
            3 => "Redirected",
            4 => "Request Failure",
            5 => "Server Failure",
            _ => "Global Failure",
        },
    };

    /// <summary>The phrase of a received status line; the usual one costs nothing.</summary>
    internal static string ReadReasonPhrase(int code, ReadOnlySpan<byte> phrase) =>
        ReasonPhrase(code) is var usual && Ascii.Equals(phrase, usual) ? usual : WireText.Read(phrase);
}
