namespace UcSdk.Sip;

/// <summary>
/// That another place has taken a call, as CANCEL and BYE say it: <c>SIP;cause=200;text="Call completed elsewhere"</c> (RFC 3326 §2), with whose place it was in
/// <c>ms-acceptedby</c>, as Lync servers add it.
/// </summary>
internal static class AcceptedElsewhere
{
    private const string Parameter = "ms-acceptedby";

    /// <summary>The value; without a user where nobody knows whose place it was.</summary>
    public static ReasonHeader Create(SipUri? acceptedBy = null)
    {
        var reason = ReasonHeader.OfStatus(StatusCode.Ok, "Call completed elsewhere");
        return acceptedBy is null ? reason : reason.With(Parameter, acceptedBy.Text);
    }

    /// <summary>Whether one of the values says so.</summary>
    /// <param name="reasons">The values of a message.</param>
    /// <param name="acceptedBy">Whose place it was, <c>sip:user@domain</c>; null when not said.</param>
    public static bool IsIn(IReadOnlyList<ReasonHeader> reasons, out string? acceptedBy)
    {
        acceptedBy = null;
        foreach (var reason in reasons)
        {
            if (reason is { IsSip: true, Cause: StatusCode.Ok })
            {
                acceptedBy = NameAddr.TryParse(reason.Parameters[Parameter], out var address) && address.Uri.IsSip ? address.Uri.AddressOfRecord.Text : null;
                return true;
            }
        }

        return false;
    }
}
