namespace UcSdk.Sip;

/// <summary>
/// A way to prove who one is: Digest; or NTLM, Kerberos, TLS-DSK ([MS-SIPAE]), which have the same shape with more rounds and with signatures
/// on every message afterwards. A scheme has no state: that lies in what <see cref="Begin"/> makes, one for each protection space.
/// </summary>
internal interface ISipCredentialScheme
{
    /// <summary>As the challenge names it, e.g. <c>Digest</c>.</summary>
    string Name { get; }

    /// <summary>True when the challenge is of this scheme and asks for nothing unknown.</summary>
    bool CanAnswer(AuthField challenge);

    /// <summary>True where what comes of it holds for all messages of one flow, and for that flow alone.</summary>
    bool BindsFlow => false;

    /// <summary>The version that a challenge is of, 0 where the scheme has none: a server that was seen with one has no lower one.</summary>
    int VersionOf(AuthField challenge) => 0;

    /// <summary>True when these credentials are of a kind that it can use: most need a password, and the ticket cache is none.</summary>
    bool CanUse(SipCredentials credentials) => !credentials.UsesTicketCache || !credentials.Password.Bytes.IsEmpty;

    /// <summary>Begins to answer a challenge that <see cref="CanAnswer"/>; what it makes may have failed at once.</summary>
    ISipAuthentication Begin(AuthField challenge, ChallengeKind kind, SipCredentials credentials);
}
