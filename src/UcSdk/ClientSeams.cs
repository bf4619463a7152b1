using UcSdk.Documents;

namespace UcSdk;

/// <summary>Deliberate mistakes that tests switch on, to show that what they prove can fail.</summary>
internal sealed record ClientSeams
{
    public static readonly ClientSeams None = new();

    /// <summary>Leaves the dialog of an accepted invitation to the other side, as some clients do.</summary>
    public bool KeepInvitationDialog { get; init; }

    /// <summary>The rules by which rosters are merged.</summary>
    public ConferenceMergeRules MergeRules { get; init; } = ConferenceMergeRules.All;

    /// <summary>Changes the SRTP key of every answer before it is used.</summary>
    public bool WrongSrtpKey { get; init; }

    /// <summary>Comes back after a loss as another endpoint.</summary>
    public bool NewEndpointEachTime { get; init; }

    /// <summary>Leaves out what goes on beside conversations (contacts, presence, dial plans), so that a story's wire holds what the story is about.</summary>
    public bool StartsNoServices { get; init; }

    /// <summary>Leaves its flow open when it signs out or signs in again.</summary>
    public bool KeepsConnections { get; init; }
}
