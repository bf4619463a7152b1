namespace UcSdk.Sip;

/// <summary>Where a <see cref="ISecurityContext"/> stands after a step.</summary>
internal enum SecurityContextStatus
{
    /// <summary>The peer has to answer first.</summary>
    Continue,

    /// <summary>The keys are there; a token of this step, if any, completes the peer's side.</summary>
    Established,

    /// <summary>The peer's token is unusable, or proves nothing; the context is over.</summary>
    Refused,
}
