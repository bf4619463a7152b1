using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Proves the user's account to a web service by NTLM on one connection (RFC 4559, [MS-NTHT] §3.1): three messages, of which the last brings the answer. The handshake is this library's own,
/// since .NET's needs a plug-in of GSS-API on Linux, or a switch of the whole process.
/// </summary>
internal sealed class WebLogon(ModelContext context, WebChannel channel)
{
    private const string Scheme = "NTLM";

    /// <summary>Posts a request, and proves the account where the service wants that.</summary>
    /// <exception cref="WebServiceException">The service cannot be reached, or the account was not proven.</exception>
    public async Task<WebAnswer> PostAsync(Uri url, string action, byte[] envelope, SipCredentials? credentials, CancellationToken cancellationToken)
    {
        var answer = await channel.PostAsync(url, action, envelope, cancellationToken);
        if (answer.Status != WebAnswer.Unauthorized)
        {
            return answer;
        }

        if (credentials is null)
        {
            throw WebServiceException.Of(WebServiceFailure.CredentialsRefused, $"{url.Host} wants a password, and there is none", answer);
        }

        if (TokenOf(answer) is null)
        {
            var offered = answer.Challenges.Count == 0 ? "nothing" : string.Join(", ", answer.Challenges.Select(challenge => challenge.Split(' ')[0]));
            throw WebServiceException.Of(WebServiceFailure.CredentialsRefused, $"{url.Host} does not offer NTLM but {offered}", answer);
        }

        using var handshake = new NtlmClientContext(credentials, context.Random, context.Loop.Time.GetUtcNow, NtlmPolicy.Connection);
        var step = handshake.Advance(default);
        while (step.Status == SecurityContextStatus.Continue)
        {
            answer = await channel.PostAsync(url, action, envelope, cancellationToken, Authorize(step));
            if (answer.Status != WebAnswer.Unauthorized)
            {
                return answer;
            }

            if (TokenOf(answer) is not { Length: > 0 } token)
            {
                throw WebServiceException.Of(WebServiceFailure.CredentialsRefused, $"{url.Host} ends the NTLM handshake", answer);
            }

            step = handshake.Advance(token);
        }

        if (step.Status == SecurityContextStatus.Refused)
        {
            throw WebServiceException.Of(WebServiceFailure.CredentialsRefused, $"the NTLM handshake with {url.Host} fails, {step.Why}", answer);
        }

        answer = await channel.PostAsync(url, action, envelope, cancellationToken, Authorize(step));
        return answer.Status == WebAnswer.Unauthorized
            ? throw WebServiceException.Of(WebServiceFailure.CredentialsRefused, $"{url.Host} does not take the password", answer)
            : answer;
    }

    private static string Authorize(SecurityContextStep step) => $"{Scheme} {Convert.ToBase64String(step.Token!)}";

    // Null when NTLM is not offered, empty when it is offered without a token, or with one that is none.
    private static byte[]? TokenOf(WebAnswer answer)
    {
        if (answer.Challenges.FirstOrDefault(challenge => challenge.Split(' ')[0].Equals(Scheme, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            return null;
        }

        var text = found[Scheme.Length..].Trim();
        var token = new byte[text.Length];
        return Convert.TryFromBase64String(text, token, out var length) ? token[..length] : [];
    }
}
