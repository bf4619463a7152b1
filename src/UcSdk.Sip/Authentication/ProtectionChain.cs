namespace UcSdk.Sip;

/// <summary>
/// Several associations on one flow: that of the Edge that the flow leads to, and that of the registrar behind it. Each signs. A message is taken when one of
/// them finds it rightly signed and none finds a signature of its own that is wrong: what the Edge itself says, the registrar has not signed.
/// </summary>
internal sealed class ProtectionChain(IReadOnlyList<IFlowProtection> links) : IFlowProtection
{
    public void Protect(SipMessage message)
    {
        foreach (var link in links)
        {
            link.Protect(message);
        }
    }

    public FlowVerdict Verify(SipMessage message)
    {
        var (refusal, isAccepted) = (FlowVerdict.Accept, false);
        foreach (var link in links)
        {
            var verdict = link.Verify(message);
            if (verdict.Kind != FlowVerdictKind.Accept && !verdict.IsUnsigned)
            {
                return verdict;
            }

            isAccepted |= verdict.Kind == FlowVerdictKind.Accept;
            refusal = verdict.Kind == FlowVerdictKind.Accept ? refusal : verdict;
        }

        return isAccepted ? FlowVerdict.Accept : refusal;
    }
}
