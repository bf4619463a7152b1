using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>
/// What must be true of both sides of every call. A call is disturbed when something befell a host on its way while it lived; a message may then
/// never have come to tell the other side, unless a session timer guards the call.
/// </summary>
internal static class CallRules
{
    /// <summary>
    /// Once nobody acts any more and everything that waits has waited long enough: a side that stands has a peer that stands, and both mean
    /// the same description.
    /// </summary>
    public static void RequireStanding(CallWorld world)
    {
        foreach (var call in world.Calls.Where(call => !call.IsAbandoned))
        {
            Require(call.Session.State is InviteState.Confirmed or InviteState.Terminated, $"{call} hangs in {call.Session.State}");
            if (call.Session.State != InviteState.Confirmed)
            {
                continue;
            }

            world.Tally.Count("at the end", "standing");
            var peer = world.Calls.Find(call.IsPeerOf);
            Require(peer is not null, $"{call} stands and has no peer at all");
            var isExcused = world.IsDisturbed(call, peer!) && !call.IsGuarded;
            Require(isExcused || peer!.IsConfirmed, $"{call} stands, {peer} does not");
            if (peer!.IsConfirmed && !world.IsDisturbed(call, peer))
            {
                var (mine, its) = (world.Log.AgreedBy(call), world.Log.AgreedBy(peer));
                Require(its == (mine.Theirs, mine.Mine), $"{call} means {mine}, {peer} means {its}");
            }
        }
    }

    /// <summary>When everybody has hung up and all timers have run out: everything has ended, both sides tell how, and nothing is left.</summary>
    public static void RequireOver(CallWorld world)
    {
        foreach (var call in world.Calls.Where(call => !call.IsAbandoned))
        {
            Require(call.IsTerminated && call.EndReason is not null, $"{call} does not end");
            Require(call.Unanswered == 0, $"{call} has ended, and {call.Unanswered} of its requests have not");
        }

        foreach (var callee in world.Calls.Where(call => call.Session.IsIncoming && call.WasAccepted))
        {
            RequireCaller(world, callee);
        }

        foreach (var caller in world.Calls.Where(call => !call.Session.IsIncoming && call.WasConfirmed))
        {
            Require(world.Calls.Exists(other => other.IsPeerOf(caller) && other.WasAccepted), $"{caller} was answered by nobody");
        }

        if (world.Plan.IsCalm)
        {
            CalmRules.Require(world);
        }

        foreach (var host in world.Hosts)
        {
            var idle = new SipEndpointCounts { Flows = host.Endpoint.Flows.Count };
            Require(host.Counts == idle, $"{host.Name} keeps {host.Counts}: {string.Join(", ", host.Endpoint.Core.Transactions.All())}");
        }

        Require(world.Offences.Count == 0, string.Join("; ", world.Offences));
        foreach (var tap in world.Log.Taps)
        {
            WireRules.Require(tap, world.Faults.Exists(fault => fault.Kind != "silence"));
        }
    }

    public static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new DisagreementException(what);
        }
    }

    // An ACK comes only from a caller that has the answer: it stands there too, or its BYE is on the way.
    private static void RequireCaller(CallWorld world, PhoneCall callee)
    {
        var caller = world.Calls.Find(call => call.CallId == callee.CallId && !call.Session.IsIncoming);
        Require(caller is not null, $"{callee} was called by nobody");
        if (callee.WasConfirmed && !callee.IsAbandoned && !caller!.IsAbandoned && !(caller.IsPeerOf(callee) && caller.WasConfirmed))
        {
            Require(caller.IsTerminated, $"{callee} got an ACK from {caller}");
            Require(callee.EndReason is InviteReason.RemoteBye or InviteReason.LocalBye or InviteReason.DialogGone || world.IsDisturbed(callee, caller),
                $"{callee} was answered too late for {caller}, and not told so by BYE");
        }
    }
}
