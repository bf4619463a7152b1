using UcSdk.Sip;

namespace UcSdk;

/// <summary>What came of one scheme of authentication (RFC 3261 §22; [MS-SIPAE] §3.2).</summary>
/// <param name="Scheme">As the server names it, e.g. <c>NTLM</c>.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why, in words; never anything of the credentials.</param>
public sealed record SchemeAttempt(string Scheme, SchemeOutcome Outcome, string Reason)
{
    /// <summary><c>NTLM: the server did not accept the user's name and password</c>.</summary>
    public override string ToString() => $"{Scheme}: {Reason}";

    /// <summary>Those that were tried, in order, and those that were offered besides.</summary>
    /// <param name="response">The refusal; null where nobody refused.</param>
    /// <param name="begun">The schemes by which challenges were answered on the way to it.</param>
    /// <param name="options">What the client may use.</param>
    internal static IReadOnlyList<SchemeAttempt> Of(SipResponse? response, IEnumerable<string> begun, LyncClientOptions options)
    {
        if (response is null)
        {
            return [];
        }

        var attempts = new List<SchemeAttempt>();
        attempts.AddRange(response.FailedSchemes.Select(failed => new SchemeAttempt(failed.Scheme, SchemeOutcome.Failed, failed.Why)));
        var isChallenge = response.StatusCode is StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired;
        attempts.AddRange(begun.Where(Lacks).Select(scheme => isChallenge
            ? new SchemeAttempt(scheme, SchemeOutcome.Failed, "the server went on asking")
            : new SchemeAttempt(scheme, SchemeOutcome.Answered, "the server refuses for another reason")));
        attempts.AddRange(OffersOf(response).Where(Lacks).Select(scheme => new SchemeAttempt(scheme, SchemeOutcome.NotTried, WhyNot(scheme, options))));
        return attempts;

        bool Lacks(string scheme) => !attempts.Exists(attempt => attempt.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The schemes that a 401 or 407 offers, each once, in its order.</summary>
    internal static IReadOnlyList<string> OffersOf(SipResponse response)
    {
        var challenges = new List<AuthField>();
        foreach (var text in response.Headers.GetAll(HeaderName.WwwAuthenticate).Concat(response.Headers.GetAll(HeaderName.ProxyAuthenticate)))
        {
            AuthField.TryParseAll(text, challenges);
        }

        return [.. challenges.Select(challenge => challenge.Scheme).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string WhyNot(string scheme, LyncClientOptions options)
    {
        if (!Array.Exists(Enum.GetNames<SipAuthenticationScheme>(), name => name.Equals(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            return "it is not known here";
        }

        if (!options.AuthenticationSchemes.Any(allowed => scheme.Equals(allowed.ToString(), StringComparison.OrdinalIgnoreCase)))
        {
            return "the options do not allow it";
        }

        return options.Password is null && !options.UsesTicketCache ? "there is no password" : "it cannot be answered";
    }
}
