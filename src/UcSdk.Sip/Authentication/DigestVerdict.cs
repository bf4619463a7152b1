namespace UcSdk.Sip;

/// <summary>What became of a request's credentials.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Answer">The credentials; null where no password was tried.</param>
/// <param name="Secret">The user's secret, with which the server proves that it knows it too; null unless accepted.</param>
internal sealed record DigestVerdict(DigestOutcome Outcome, DigestAnswer? Answer = null, byte[]? Secret = null)
{
    public bool IsAccepted => Outcome == DigestOutcome.Accepted;

    /// <summary>The outcome alone.</summary>
    public override string ToString() => Outcome.ToString();
}
