using System.Security.Authentication;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>What a failed step of a sign-in means for the rest of it (RFC 3261 §21; [MS-SIPREGE] §3.1).</summary>
internal static class Refusal
{
    /// <summary>The registrar sends the user to another (RFC 3261 §§21.3.2–21.3.4).</summary>
    public static bool IsRedirection(SipException failure) => failure.Response is { StatusCode: StatusCode.MovedPermanently or StatusCode.MovedTemporarily or StatusCode.UseProxy };

    /// <summary>It says something of this server at this moment, and nothing of the user: a backup may sign the user in, or this one later.</summary>
    public static bool IsPassing(Exception? failure) => failure switch
    {
        TimeoutException or IOException => true,
        SipException { Failure: SipFailure.Refused } refused => refused.StatusCode is StatusCode.RequestTimeout or StatusCode.TemporarilyUnavailable
            or StatusCode.ServerInternalError or 502 or StatusCode.ServiceUnavailable or StatusCode.ServerTimeout,
        SipException sip => sip.Failure is SipFailure.TimedOut or SipFailure.ConnectFailed or SipFailure.FlowClosed,
        _ => false,
    };

    /// <summary>Waiting helps. It does not where somebody stands at the server's address who cannot prove to be the server: that is for people to look at.</summary>
    public static bool IsWorthWaiting(Exception? failure) => IsPassing(failure) && !IsImpostor(failure);

    private static bool IsImpostor(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }
}
