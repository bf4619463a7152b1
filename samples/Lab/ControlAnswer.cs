namespace Lab;

/// <summary>What a command led to.</summary>
/// <param name="Ok">False when it was not followed.</param>
/// <param name="Command">The command as it was read.</param>
internal sealed record ControlAnswer(bool Ok, string Command)
{
    /// <summary>Why not.</summary>
    public string? Error { get; init; }

    /// <summary>How many endpoints it concerned.</summary>
    public int? Count { get; init; }

    /// <summary>The endpoints that were asked for.</summary>
    public IReadOnlyList<ControlEndpoint>? Endpoints { get; init; }
}
