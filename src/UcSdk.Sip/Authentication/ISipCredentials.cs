namespace UcSdk.Sip;

/// <summary>
/// Knows with what a challenge can be answered. Asked on the endpoint's loop, once for each realm that challenges; it must answer at once.
/// </summary>
public interface ISipCredentials
{
    /// <summary>The credentials for a realm; null when there are none, and the refusal stands.</summary>
    /// <param name="realm">The realm as the server names it. Only trust it as far as the flow: any server can name any realm.</param>
    /// <param name="request">The request that was challenged; its From tells for whom.</param>
    SipCredentials? Find(string realm, SipRequest request);
}
