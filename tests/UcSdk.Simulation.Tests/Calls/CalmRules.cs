using UcSdk.Sip;
using static UcSdk.Sip.InviteReason;

namespace UcSdk.Simulation.Tests;

/// <summary>On a day on which nothing is lost both sides tell the same story: how the caller's side ended says how the callee's did.</summary>
internal static class CalmRules
{
    private static readonly HashSet<(InviteReason Caller, InviteReason Callee)> Stories =
    [
        // The call stood, and one side or both said BYE.
        (LocalBye, RemoteBye), (RemoteBye, LocalBye), (LocalBye, LocalBye),

        // A request that crossed the BYE was told 481 before the BYE was there; so was one of the callee that crossed the CANCEL, or the BYE for a 2xx that crossed it.
        (DialogGone, LocalBye), (LocalBye, DialogGone), (LocalCancel, DialogGone), (NoAnswer, DialogGone),

        // It was refused, before the caller lost patience or just then.
        (Refused, LocalReject), (Redirected, LocalReject), (LocalCancel, LocalReject), (NoAnswer, LocalReject),

        // It was cancelled; a 2xx that crossed is ended by BYE, of either side.
        (LocalCancel, RemoteCancel), (NoAnswer, RemoteCancel), (LocalCancel, RemoteBye), (NoAnswer, RemoteBye), (LocalCancel, LocalBye), (NoAnswer, LocalBye),

        // The callee's application had forgotten it.
        (Refused, NoAnswer), (Redirected, NoAnswer), (LocalCancel, NoAnswer), (NoAnswer, NoAnswer),

        // The proxy's Timer C ended the ringing; another fork may have answered better than its 487.
        (Refused, RemoteCancel), (Redirected, RemoteCancel),
    ];

    public static void Require(CallWorld world)
    {
        foreach (var caller in world.Calls.Where(call => !call.Session.IsIncoming))
        {
            foreach (var callee in world.Calls.Where(call => call.Session.IsIncoming && call.CallId == caller.CallId))
            {
                var told = (caller.EndReason!.Value, callee.EndReason!.Value);
                var isFork = caller.WasConfirmed && !caller.IsPeerOf(callee);
                CallRules.Require(
                    isFork ? told.Item2 is RemoteCancel or LocalReject or RemoteBye or LocalBye or NoAnswer : Stories.Contains(told),
                    $"{caller} ended by {told.Item1}, {callee} by {told.Item2}");
            }
        }
    }
}
