namespace UcSdk.Sip;

/// <summary>What becomes at a client of a message by what was found in it ([MS-SIPAE] §3.2.5.2); the reason stands in the log.</summary>
internal static class AssociationVerdict
{
    /// <summary>
    /// What is not rightly signed is forgotten. A client takes without a signature what comes from servers that do not have the keys (yet, or any more): challenges, 100, and
    /// the refusal of the REGISTER that a handshake runs on. A 2xx is signed even there: it is how the server proves itself.
    /// </summary>
    public static FlowVerdict Of(AssociationTerms terms, AssociationOutcome outcome, SipMessage message, bool isHandshaking)
    {
        var isExempt = message is SipResponse response
            && (response.StatusCode is StatusCode.Trying or StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired
                || (isHandshaking && response.StatusCode >= 300 && response.CSeq?.Method == SipMethod.Register));
        return outcome == AssociationOutcome.Accepted || (outcome == AssociationOutcome.Missing && isExempt)
            ? FlowVerdict.Accept
            : FlowVerdict.Drop with { Why = WhyOf(terms, outcome), IsUnsigned = outcome == AssociationOutcome.Missing };
    }

    private static string WhyOf(AssociationTerms terms, AssociationOutcome outcome) => outcome switch
    {
        AssociationOutcome.Missing => $"{terms.Scheme} signature missing",
        AssociationOutcome.Foreign => $"{terms.Scheme} signature of another association",
        AssociationOutcome.Malformed => $"{terms.Scheme} signature malformed",
        AssociationOutcome.Replayed => $"{terms.Scheme} signature replayed",
        _ => $"{terms.Scheme} signature wrong",
    };
}
