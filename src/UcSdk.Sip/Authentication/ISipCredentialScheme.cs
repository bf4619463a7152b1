namespace UcSdk.Sip;

/// <summary>
/// A way to prove who one is: Digest today; NTLM, Kerberos and TLS-DSK ([MS-SIPAE]) have the same shape with more rounds and with signatures
/// on every message afterwards. A scheme has no state: that lies in what <see cref="Begin"/> makes, one for each protection space.
/// </summary>
internal interface ISipCredentialScheme
{
    /// <summary>As the challenge names it, e.g. <c>Digest</c>.</summary>
    string Name { get; }

    /// <summary>True when the challenge is of this scheme and asks for nothing unknown.</summary>
    bool CanAnswer(AuthField challenge);

    /// <summary>Begins to answer a challenge that <see cref="CanAnswer"/>.</summary>
    ISipAuthentication Begin(AuthField challenge, SipCredentials credentials);
}
