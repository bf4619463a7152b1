namespace UcSdk.Sip;

/// <summary>Who challenges: a user agent server or registrar, or a proxy (RFC 3261 §§22.2, 22.3). It decides status and headers.</summary>
internal sealed class ChallengeKind
{
    /// <summary>401, WWW-Authenticate, Authorization, Authentication-Info.</summary>
    public static readonly ChallengeKind UserAgent =
        new(StatusCode.Unauthorized, HeaderName.WwwAuthenticate, HeaderName.Authorization, HeaderName.AuthenticationInfo);

    /// <summary>407, Proxy-Authenticate, Proxy-Authorization, Proxy-Authentication-Info (RFC 7615 §4).</summary>
    public static readonly ChallengeKind Proxy = new(
        StatusCode.ProxyAuthenticationRequired, HeaderName.ProxyAuthenticate, HeaderName.ProxyAuthorization, HeaderName.ProxyAuthenticationInfo);

    private ChallengeKind(int status, HeaderName challengeHeader, HeaderName answerHeader, HeaderName infoHeader)
    {
        Status = status;
        ChallengeHeader = challengeHeader;
        AnswerHeader = answerHeader;
        InfoHeader = infoHeader;
    }

    public int Status { get; }

    public HeaderName ChallengeHeader { get; }

    public HeaderName AnswerHeader { get; }

    public HeaderName InfoHeader { get; }
}
