using UcSdk.Sip;

namespace UcSdk;

/// <summary>The sign-in failed, or the registration was lost.</summary>
public sealed class RegisterException : LyncClientException
{
    internal RegisterException(SignInStage stage, Exception? inner, string? why = null, IReadOnlyList<SchemeAttempt>? schemes = null)
        : base($"The sign-in failed at the stage {stage}{Describe(inner, why, schemes ?? [])}", inner)
    {
        Stage = stage;
        Schemes = schemes ?? [];
        var response = (inner as SipException)?.Response;
        Warning = WarningText(response?.Headers[HeaderName.Warning]);
        OfferedSchemes = response is null ? [] : SchemeAttempt.OffersOf(response);
        Reason = Describe(inner, why, Schemes) is { Length: > 2 } text ? text[2..] : "";
    }

    internal RegisterException(ConnectionLoss loss, SipTransportAddress server, IReadOnlyList<SchemeAttempt>? schemes = null)
        : base($"The registration was lost{Why(loss.Cause)}{Tell(loss, schemes ?? [])}", loss.Cause)
    {
        Stage = SignInStage.Register;
        Server = server;
        Schemes = schemes ?? [];
        OfferedSchemes = loss.Cause.Response is { } response ? SchemeAttempt.OffersOf(response) : [];
        Reason = Why(loss.Cause)[2..] + Tell(loss, Schemes);
        Deregistration = loss.Deregistration;
        Diagnostics = loss.Deregistration?.Diagnostics ?? Diagnostics;
    }

    /// <summary>Where it failed; <see cref="SignInStage.Register"/> for a registration that was lost.</summary>
    public SignInStage Stage { get; }

    /// <summary>At which server; null when none was found.</summary>
    public SipTransportAddress? Server { get; internal init; }

    /// <summary>What happened, in words: status, reason phrase, the server's warning and diagnosis.</summary>
    public string Reason { get; }

    /// <summary>The text that a server gives to people who are not let in (Warning, RFC 3261 §20.43), e.g. about the client's version; null when there is none.</summary>
    public string? Warning { get; }

    /// <summary>The schemes by which the refusing server would be convinced, as it offered them in its 401 or 407; empty when it asked for nothing.</summary>
    public IReadOnlyList<string> OfferedSchemes { get; } = [];

    /// <summary>
    /// What came of each scheme, the tried ones first, in the order in which they were tried; then what the server offers besides. Empty when the server asked for nothing.
    /// </summary>
    public IReadOnlyList<SchemeAttempt> Schemes { get; }

    /// <summary>Every server that failed, in all attempts, in order; the last is this.</summary>
    public IReadOnlyList<SignInFailure> Failures { get; internal set; } = [];

    /// <summary>Every question of the discovery and what came of it, in order; empty when the server was named in the options.</summary>
    public IReadOnlyList<DiscoveryAttempt> DiscoveryAttempts { get; internal init; } = [];

    /// <summary>What the server said when it withdrew the registration; null when that is not what happened.</summary>
    public Deregistration? Deregistration { get; }

    private static string Describe(Exception? inner, string? why, IReadOnlyList<SchemeAttempt> schemes)
    {
        var warning = WarningText((inner as SipException)?.Response?.Headers[HeaderName.Warning]);
        return Why(inner) + (warning is null ? "" : $": {warning}") + (why is null ? "" : $": {why}") + Tell(schemes);
    }

    private static string Tell(ConnectionLoss loss, IReadOnlyList<SchemeAttempt> schemes) =>
        (loss.Deregistration?.Diagnostics is { } diagnostics ? $" ({diagnostics})" : "") + Tell(schemes);

    // Of a refusal for another reason they are nobody's concern.
    private static string Tell(IReadOnlyList<SchemeAttempt> schemes) =>
        schemes.Any(scheme => scheme.Outcome != SchemeOutcome.Answered) ? " (" + string.Join("; ", schemes) + ")" : "";

    // 310 lcs.microsoft.com "text"
    private static string? WarningText(string? warning)
    {
        var open = warning?.IndexOf('"', StringComparison.Ordinal) ?? -1;
        return open > 0 && warning![^1] == '"' && warning.Length > open + 1 ? warning[(open + 1)..^1] : null;
    }
}
