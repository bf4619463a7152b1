namespace UcSdk;

/// <summary>What an invitation says about itself.</summary>
public sealed record InvitationInfo
{
    /// <summary>Who invites, <c>sip:user@domain</c>: as a server vouches for it (P-Asserted-Identity, RFC 3325), else as From says.</summary>
    public required string InviterUri { get; init; }

    /// <summary>The inviter's name; empty when not said.</summary>
    public string InviterName { get; init; } = "";

    /// <summary>The subject; empty when there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>How important it is to the inviter.</summary>
    public ConversationImportance Importance { get; init; } = ConversationImportance.Normal;

    /// <summary>What the inviter has written already; null when nothing.</summary>
    public InstantMessageContent? FirstMessage { get; init; }

    /// <summary>What the inviter's application says; null when nothing, or more than an application here may say.</summary>
    public InvitationContext? Context { get; init; }

    /// <summary>Whom the inviter had called before the invitation was sent on to this user (History-Info, RFC 7044); null when it came straight.</summary>
    public string? ForwardedBy { get; init; }

    /// <summary>Who had the inviter call (Referred-By, RFC 3892); null when nobody.</summary>
    public string? ReferredBy { get; init; }

    /// <summary>For whom the inviter speaks, as a server vouches: P-Asserted-Identity where From names another; null when for themselves.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Whether the other side is a plain SIP client that sends each message by itself (RFC 3428), without a session.</summary>
    public bool IsPageMode { get; init; }

    /// <summary>How important, and whether there is a first message; never who or what.</summary>
    public override string ToString() => $"invitation, {Importance}{(FirstMessage is null ? "" : ", with a message")}";
}
