using System.Globalization;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>A stage of a sign-in, or of signing in again, has begun; <see cref="SignInStage.Done"/> is the last, and where that is a backup,
/// <see cref="SignInStage.AtBackup"/> follows it.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Attempt">The attempt, from 1; each tries every server that is known. 0 for the wait before the first one after a loss, or before a primary is asked.</param>
/// <param name="When">The wall clock.</param>
public sealed record SignInProgress(SignInStage Stage, int Attempt, DateTimeOffset When)
{
    /// <summary>The server in question: where the stage happens, or where a redirection leads. Null while there is none.</summary>
    public SipTransportAddress? Server { get; init; }

    /// <summary>The scheme that answers the challenge, e.g. <c>NTLM</c>; null outside of <see cref="SignInStage.Authenticate"/>.</summary>
    public string? Scheme { get; init; }

    /// <summary>The SIP status that led here: of the redirection, or of the refusal that is waited for; 0 where there was none.</summary>
    public int StatusCode { get; init; }

    /// <summary>When the next attempt begins; null outside of <see cref="SignInStage.Wait"/> and <see cref="SignInStage.AtBackup"/>.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>Why there is a wait; null outside of <see cref="SignInStage.Wait"/> and <see cref="SignInStage.AtBackup"/>.</summary>
    public Exception? Cause { get; init; }

    /// <summary>What one question of the discovery found; null outside of <see cref="SignInStage.Discover"/>, and where that begins.</summary>
    public DiscoveryAttempt? Discovery { get; init; }

    /// <summary>One line, without anything of the user.</summary>
    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Attempt} {Stage}");
        text += Discovery is { } discovery ? $" {discovery}" : Server is { } server ? $" {server}" : "";
        text += Scheme is { } scheme ? $" {scheme}" : "";
        text += StatusCode > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({StatusCode})") : "";
        return NextAttempt is { } next ? text + string.Create(CultureInfo.InvariantCulture, $" {(next - When).TotalSeconds:0.###} s") : text;
    }
}
