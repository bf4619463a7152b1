namespace UcSdk.Sip;

/// <summary>What becomes of an INVITE with Replaces (RFC 3891 §3): the session that it wants to replace, or the status with which it is refused.</summary>
/// <param name="Replaced">The session; null when the request is refused.</param>
/// <param name="Refusal">The status; null when the request goes on to the application.</param>
internal readonly record struct Replacement(InviteUsage? Replaced, int? Refusal)
{
    public static Replacement Find(SipCore core, SipRequest request)
    {
        var values = request.Headers.GetAll(HeaderName.Replaces).Take(2).ToArray();
        if (!request.Method.IsInvite || values.Length != 1 || request.Headers.Contains(HeaderName.Join) || !Replaces.TryParse(values[0], out var replaces))
        {
            return Refuse(StatusCode.BadRequest);
        }

        var (local, remote) = (Replaces.TagOf(replaces.ToTag), Replaces.TagOf(replaces.FromTag));
        var usage = core.Dialogs.FindInvite(replaces.CallId, local, remote);
        if (usage is null)
        {
            return Refuse(core.Ended.Contains(replaces.CallId, local, remote, core.Context.Now) ? StatusCode.Decline : StatusCode.CallOrTransactionDoesNotExist);
        }

        return usage.State switch
        {
            InviteState.Terminating or InviteState.Terminated => Refuse(StatusCode.Decline),
            // An early dialog can be replaced by its caller's side alone: who is being called has nothing to move yet.
            InviteState.Incoming => Refuse(StatusCode.CallOrTransactionDoesNotExist),
            InviteState.Accepted or InviteState.Confirmed when replaces.IsEarlyOnly => Refuse(StatusCode.BusyHere),
            _ => new(usage, null),
        };
    }

    private static Replacement Refuse(int status) => new(null, status);
}
