namespace UcSdk.Sip;

/// <summary>Who forwards many requests and does not want callbacks made for each: what <see cref="ProxyOptions"/> would call, called on an object that is there anyway.</summary>
internal interface IProxyUser
{
    /// <summary><see cref="ProxyOptions.EditRequest"/>.</summary>
    void EditRequest(SipRequest copy, ProxyTarget target);

    /// <summary><see cref="ProxyOptions.EditResponse"/>.</summary>
    void EditResponse(SipResponse response);

    /// <summary><see cref="ProxyOptions.Retarget"/>.</summary>
    IReadOnlyList<ProxyTarget>? Retarget(SipResponse response);
}
