using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk.Server;

/// <summary>Everything that the server logs. Users appear only where the options allow it.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {Address} for {Domain}")]
    public static partial void Listening(ILogger logger, string address, string domain);

    [LoggerMessage(2, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(10, LogLevel.Information, "{User} is no longer registered at {Instance}: {Reason}")]
    public static partial void BindingEnded(ILogger logger, Redacted<string> user, Redacted<string> instance, EndpointChangeReason reason);

    [LoggerMessage(11, LogLevel.Debug, "{User} at {Instance}: {Reason}")]
    public static partial void BindingChanged(ILogger logger, Redacted<string> user, Redacted<string> instance, EndpointChangeReason reason);

    [LoggerMessage(20, LogLevel.Debug, "{Method} answered {Status}, diagnostic {Diagnostic}")]
    public static partial void RequestRefused(ILogger logger, string method, int status, int? diagnostic);

    [LoggerMessage(22, LogLevel.Information, "{Method} answered {Status}: {Why}")]
    public static partial void CredentialsRefused(ILogger logger, string method, int status, string why);

    [LoggerMessage(23, LogLevel.Warning, "Too many wrong passwords for the user name {Name}: refused for {Time}")]
    public static partial void NameGuarded(ILogger logger, Redacted<string> name, TimeSpan time);

    [LoggerMessage(24, LogLevel.Warning, "Too many wrong passwords from {Host}: refused for {Time}")]
    public static partial void HostGuarded(ILogger logger, Redacted<string> host, TimeSpan time);

    [LoggerMessage(21, LogLevel.Error, "The application {Application} has failed")]
    public static partial void ApplicationFailed(ILogger logger, string application, Exception fault);

    [LoggerMessage(30, LogLevel.Information, "Conference {Conference}: {Previous} → {Current} ({Reason})")]
    public static partial void ConferenceMoved(ILogger logger, Redacted<string> conference, FocusState previous, FocusState current, FocusReason reason);

    [LoggerMessage(31, LogLevel.Information, "Focus dialog {Dialog} ended by the server: {Reason}")]
    public static partial void DialogEnded(ILogger logger, long dialog, FocusDialogEnd reason);

    [LoggerMessage(40, LogLevel.Information, "MCU leg {Leg} connected")]
    public static partial void LegConnected(ILogger logger, long leg);

    [LoggerMessage(41, LogLevel.Information, "MCU leg {Leg} ended")]
    public static partial void LegEnded(ILogger logger, long leg);

    // The text of an exception names addresses, so it is user data; its kind is not.
    [LoggerMessage(50, LogLevel.Debug, "{Operation} did not succeed ({Kind}): {Text}")]
    public static partial void OperationFailed(ILogger logger, string operation, string kind, Redacted<string> text);

    [LoggerMessage(60, LogLevel.Error, "The store has not taken {Count} changes ({Kind}), which are tried again: {Text}")]
    public static partial void StoreFailed(ILogger logger, int count, string kind, Redacted<string> text);

    [LoggerMessage(61, LogLevel.Error, "{Count} changes were not written to the store before the server stopped")]
    public static partial void ChangesLost(ILogger logger, int count);

    [LoggerMessage(62, LogLevel.Error, "A record of kind {Kind} in the store cannot be read; it is left as it is")]
    public static partial void RecordUnreadable(ILogger logger, string kind);
}
