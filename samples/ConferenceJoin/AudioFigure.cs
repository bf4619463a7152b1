namespace ConferenceJoin;

/// <summary>How much of one speaker's source one listener's recording holds: the normalised cross-correlation at the best lag.</summary>
internal sealed record AudioFigure(string Listener, string Speaker, double Correlation, TimeSpan Lag)
{
    /// <summary>One must not hear oneself, and must hear everybody else.</summary>
    public const double HeardAtLeast = 0.9;

    /// <inheritdoc cref="HeardAtLeast"/>
    public const double OwnAtMost = 0.1;

    public bool IsOwn => Listener == Speaker;

    public bool Holds => IsOwn ? Math.Abs(Correlation) <= OwnAtMost : Correlation >= HeardAtLeast;
}
