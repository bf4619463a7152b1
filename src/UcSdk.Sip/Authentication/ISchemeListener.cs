namespace UcSdk.Sip;

/// <summary>Credentials that want to hear in which scheme they are used. Called on the endpoint's loop.</summary>
internal interface ISchemeListener
{
    /// <summary>A challenge begins to be answered, which for some schemes takes several rounds.</summary>
    /// <param name="scheme">As the challenge names it, e.g. <c>NTLM</c>.</param>
    /// <param name="request">The request that was challenged.</param>
    void Begun(string scheme, SipRequest request);
}
