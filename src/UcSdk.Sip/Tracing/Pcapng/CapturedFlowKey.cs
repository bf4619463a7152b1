namespace UcSdk.Sip;

/// <summary>What the two ends of a flow have in common: the same for both, whichever calls which local.</summary>
internal readonly record struct CapturedFlowKey(string Transport, string Host, int Port, string OtherHost, int OtherPort)
{
    public static CapturedFlowKey Of(SipFlow flow)
    {
        var (one, other) = (flow.Local, flow.Remote);
        var order = string.CompareOrdinal(one.Host, other.Host);
        return order < 0 || (order == 0 && one.Port <= other.Port)
            ? new(flow.Transport, one.Host, one.Port, other.Host, other.Port)
            : new(flow.Transport, other.Host, other.Port, one.Host, one.Port);
    }
}
