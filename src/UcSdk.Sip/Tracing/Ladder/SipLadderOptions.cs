namespace UcSdk.Sip;

/// <summary>How a <see cref="SipLadder"/> draws.</summary>
public sealed record SipLadderOptions
{
    /// <summary>The defaults.</summary>
    public static SipLadderOptions Default { get; } = new();

    /// <summary>Only messages of these Call-IDs; default null: all.</summary>
    public IReadOnlyCollection<string>? CallIds { get; init; }

    /// <summary>Only entries that this takes; default null: all.</summary>
    public Func<SipTraceEntry, bool>? Filter { get; init; }

    /// <summary>The name of a lifeline for an address; default null: the host and port.</summary>
    public Func<SipTransportAddress, string>? NameOf { get; init; }

    /// <summary>Characters between two neighbouring lifelines, 12–200; default 36. Longer texts are cut.</summary>
    public int ColumnWidth { get; init; } = 36;

    /// <summary>The most lifelines drawn, 2–64, the first that appear; default 8. What goes to others is left out and counted at the end.</summary>
    public int MaxLifelines { get; init; } = 8;

    /// <summary>True to write behind a final response what its transaction took, from the request as drawn; default false. A picture always does.</summary>
    public bool ShowTimings { get; init; }
}
