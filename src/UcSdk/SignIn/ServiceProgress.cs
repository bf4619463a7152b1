using System.Globalization;

namespace UcSdk;

/// <summary>
/// A service of a signed-in client, such as its contacts, moves on. Services begin when the client has signed in, each time anew after a loss, and do not hold up the
/// sign-in; nor does it fail with one of them.
/// </summary>
/// <param name="Service">Which, in a word, e.g. <c>contacts</c>.</param>
/// <param name="Stage">What it does.</param>
/// <param name="When">The wall clock.</param>
public sealed record ServiceProgress(string Service, ServiceStage Stage, DateTimeOffset When)
{
    /// <summary>When it begins again; null outside of <see cref="ServiceStage.Wait"/>.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>What failed; null outside of <see cref="ServiceStage.Wait"/> and <see cref="ServiceStage.Fail"/>.</summary>
    public Exception? Cause { get; init; }

    /// <summary>One line, without anything of the user.</summary>
    public override string ToString() =>
        $"{Service} {Stage}" + (NextAttempt is { } next ? string.Create(CultureInfo.InvariantCulture, $" {(next - When).TotalSeconds:0.###} s") : "");
}
