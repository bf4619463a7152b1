using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk;

/// <summary>Every message that the object model logs; numbers 4000–4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Warning, "{Observer} threw; it gets nothing more")]
    public static partial void ObserverThrew(ILogger logger, string observer, Exception fault);

    [LoggerMessage(4001, LogLevel.Warning, "The handler of conference invitations threw; the invitation is answered 480")]
    public static partial void InvitationHandlerThrew(ILogger logger, Exception fault);

    [LoggerMessage(4013, LogLevel.Warning, "{Count} invitations wait for a decision; one more is answered 486")]
    public static partial void TooManyInvitations(ILogger logger, int count);

    [LoggerMessage(4002, LogLevel.Information, "Signed in as {Uri}")]
    public static partial void SignedIn(ILogger logger, Redacted<string> uri);

    [LoggerMessage(4003, LogLevel.Information, "Signed out: {Reason}")]
    public static partial void SignedOut(ILogger logger, ClientStateChangeReason reason);

    [LoggerMessage(4008, LogLevel.Warning, "The connection to the server ended: {End}")]
    public static partial void ConnectionEnded(ILogger logger, ConnectionEnd end);

    [LoggerMessage(4004, LogLevel.Warning, "A document of the server cannot be read: {Error}")]
    public static partial void UnreadableDocument(ILogger logger, string error);

    [LoggerMessage(4005, LogLevel.Information, "Notifications of the conference were lost; the roster is asked for anew")]
    public static partial void RosterGap(ILogger logger);

    [LoggerMessage(4006, LogLevel.Warning, "A dialog did not end in order")]
    public static partial void UncleanEnd(ILogger logger, Exception failure);

    [LoggerMessage(4007, LogLevel.Information, "Joining the conference failed at the stage {Stage}")]
    public static partial void JoinFailed(ILogger logger, ConferenceStage stage, Exception failure);

    [LoggerMessage(4009, LogLevel.Information, "The next attempt to sign in comes in {Pause}")]
    public static partial void SignInWaits(ILogger logger, TimeSpan pause, Exception? cause);

    [LoggerMessage(4010, LogLevel.Warning, "Signing in again failed for good")]
    public static partial void SignInAgainFailed(ILogger logger, Exception failure);

    [LoggerMessage(4011, LogLevel.Warning, "The service {Service} could not begin")]
    public static partial void ServiceFailed(ILogger logger, string service, Exception failure);

    [LoggerMessage(4012, LogLevel.Warning, "The primary server refuses the user; the client stays at the backup")]
    public static partial void FailBackRefused(ILogger logger, Exception failure);

    [LoggerMessage(4020, LogLevel.Information, "The server that was remembered is looked for anew: {Why}")]
    public static partial void ServerForgotten(ILogger logger, DiscoveryRenewal why);

    [LoggerMessage(4040, LogLevel.Information, "Changes of the contact list were lost between {Known} and {Previous}; it is asked for anew")]
    public static partial void ContactListGap(ILogger logger, uint known, uint previous);

    [LoggerMessage(4041, LogLevel.Warning, "The contact list cannot be watched for the moment")]
    public static partial void ContactListLost(ILogger logger, Exception failure);

    [LoggerMessage(4042, LogLevel.Warning, "Presence cannot be watched for the moment")]
    public static partial void PresenceLost(ILogger logger, Exception failure);

    [LoggerMessage(4030, LogLevel.Warning, "The server refused {What}")]
    public static partial void PresenceRefused(ILogger logger, string what, Exception failure);

    [LoggerMessage(4050, LogLevel.Information, "The directory is searched by SIP for a while, since its web service has failed ({Failure})")]
    public static partial void WebSearchFailed(ILogger logger, WebServiceFailure failure, Exception cause);
}
