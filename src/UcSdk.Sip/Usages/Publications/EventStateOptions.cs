namespace UcSdk.Sip;

/// <summary>What a server keeps for publishers (RFC 3903 §6).</summary>
public sealed record EventStateOptions
{
    /// <summary>The event packages; any other gets 489 with Allow-Events.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The media types that are kept; any other gets 415 with Accept. Default empty: all.</summary>
    public IReadOnlyList<string> ContentTypes { get; init; } = [];

    /// <summary>What is granted to who asks for nothing or for more; default an hour.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What is granted at least; who asks for less gets 423. Default a minute.</summary>
    public TimeSpan MinimumExpires { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How much state is kept, in pieces; one more gets 503. Default 10,000.</summary>
    public int MaxStates { get; init; } = 10_000;
}
