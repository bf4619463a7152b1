using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Every line that the SIP floor can log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Flow {Flow} opened")]
    public static partial void FlowOpened(ILogger logger, Redacted<SipFlow> flow);

    [LoggerMessage(2, LogLevel.Information, "Flow {Flow} closed: {End}")]
    public static partial void FlowClosed(ILogger logger, Redacted<SipFlow> flow, SipFlowEnd end, Exception? error);

    [LoggerMessage(3, LogLevel.Warning, "{Kind} on {Flow}: {Detail}")]
    public static partial void Noticed(ILogger logger, SipDiagnostic kind, Redacted<SipFlow> flow, Redacted<string> detail);

    [LoggerMessage(4, LogLevel.Warning, "A message could not be handed to flow {Flow}")]
    public static partial void SendFailed(ILogger logger, Redacted<SipFlow> flow, Exception error);

    [LoggerMessage(5, LogLevel.Warning, "{Target} cannot be reached")]
    public static partial void Unreached(ILogger logger, Redacted<SipTransportAddress> target, Exception error);

    [LoggerMessage(6, LogLevel.Warning, "No server of {Uri} can be reached")]
    public static partial void NotLocated(ILogger logger, Redacted<SipUri> uri, Exception error);
}
