using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// Every line that the SIP floor can log. Addresses and what peers wrote are redacted; an exception, whose text may name an address, goes with a line only
/// where user data may be shown, and says its kind otherwise.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Flow {Flow} opened")]
    public static partial void FlowOpened(ILogger logger, Redacted<SipFlow> flow);

    [LoggerMessage(2, LogLevel.Information, "Flow {Flow} closed: {End} ({Cause})")]
    public static partial void FlowClosed(ILogger logger, Redacted<SipFlow> flow, SipFlowEnd end, string cause, Exception? error);

    [LoggerMessage(3, LogLevel.Warning, "{Kind} on {Flow}: {Detail}")]
    public static partial void Noticed(ILogger logger, SipDiagnostic kind, Redacted<SipFlow> flow, Redacted<string> detail);

    [LoggerMessage(4, LogLevel.Warning, "A message could not be handed to flow {Flow}: {Cause}")]
    public static partial void SendFailed(ILogger logger, Redacted<SipFlow> flow, string cause, Exception? error);

    [LoggerMessage(5, LogLevel.Warning, "{Target} cannot be reached: {Cause}")]
    public static partial void Unreached(ILogger logger, Redacted<SipTransportAddress> target, string cause, Exception? error);

    [LoggerMessage(6, LogLevel.Warning, "No server of {Uri} can be reached: {Cause}")]
    public static partial void NotLocated(ILogger logger, Redacted<SipUri> uri, string cause, Exception? error);

    /// <summary>What kind of failure it was, without a word of whose.</summary>
    public static string CauseOf(Exception? error) => error switch
    {
        null => "no error",
        SocketException socket => socket.SocketErrorCode.ToString(),
        { InnerException: SocketException socket } => socket.SocketErrorCode.ToString(),
        SipException sip => sip.Failure.ToString(),
        _ => error.GetType().Name,
    };
}
