using UcSdk.Core;

namespace UcSdk;

/// <content>What is known about it, and how it is changed.</content>
public sealed partial class Conversation
{
    /// <summary>How many characters a subject may have: 1024.</summary>
    public const int MaxSubjectLength = 1024;

    /// <summary>Says what the conversation is about. The other side is told with the invitation, or at once where it is connected.</summary>
    /// <param name="subject">The subject, one line; empty for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">It is longer than <see cref="MaxSubjectLength"/>, or has control characters: line ends, say.</exception>
    /// <exception cref="InvalidStateException">The conversation takes place in a conference, which has its own subject, or has ended.</exception>
    public Task SetSubjectAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Length > MaxSubjectLength || subject.Any(char.IsControl))
        {
            throw new ArgumentException($"The subject of a conversation is one line of at most {MaxSubjectLength} characters.", nameof(subject));
        }

        return _context.Loop.InvokeAsync(() =>
        {
            RequireOpen(nameof(SetSubjectAsync));
            if (!CanSetProperty(ConversationProperty.Subject))
            {
                throw _machine.Refuse("SetSubjectAsync in a conference");
            }

            SetProperties(Properties with { Subject = subject });
            return InstantMessageModality.TellSubjectAsync(subject).UntilAsync(cancellationToken);
        });
    }

    /// <summary>Says how important the conversation is; the other side is told with the invitation.</summary>
    /// <param name="importance">How important.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing changes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no member of the enumeration.</exception>
    /// <exception cref="InvalidStateException">The conversation has ended.</exception>
    public Task SetImportanceAsync(ConversationImportance importance, CancellationToken cancellationToken = default)
    {
        if (!Enum.IsDefined(importance))
        {
            throw new ArgumentOutOfRangeException(nameof(importance), importance, "Not a member of ConversationImportance.");
        }

        return SetAsync(nameof(SetImportanceAsync), properties => properties with { Importance = importance }, cancellationToken);
    }

    /// <summary>Says whether the user wants to come back to it. Nobody else is told.</summary>
    /// <param name="followUp">Whether.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing changes.</param>
    /// <exception cref="InvalidStateException">The conversation has ended.</exception>
    public Task SetFollowUpAsync(bool followUp, CancellationToken cancellationToken = default) =>
        SetAsync(nameof(SetFollowUpAsync), properties => properties with { FollowUp = followUp }, cancellationToken);

    /// <summary>Says whether sessions between two end while nobody writes.</summary>
    /// <param name="autoTerminate">Whether.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing changes.</param>
    /// <exception cref="InvalidStateException">The conversation has ended.</exception>
    public async Task SetAutoTerminateOnIdleAsync(bool autoTerminate, CancellationToken cancellationToken = default)
    {
        await SetAsync(nameof(SetAutoTerminateOnIdleAsync), properties => properties with { AutoTerminateOnIdle = autoTerminate }, cancellationToken);
        _context.Loop.Run(InstantMessageModality.RestLater);
    }

    /// <summary>Whether the property can be set now. Follows from the states of the conversation and its conference.</summary>
    public bool CanSetProperty(ConversationProperty property) => !IsFinishing && property switch
    {
        ConversationProperty.Subject => ConferenceSession is null,
        ConversationProperty.Importance or ConversationProperty.FollowUp or ConversationProperty.AutoTerminateOnIdle => true,
        _ => false,
    };

    /// <summary>What the application says to the other side when it is invited; null for nothing.</summary>
    public InvitationContext? InvitationContext { get; private set; }

    /// <summary>Says something for the application, beside the messages, to whom this conversation invites from now on ([MS-SIPRE] §2.2.20).</summary>
    /// <param name="context">What; null for nothing.</param>
    /// <param name="cancellationToken">Cancelled before the client gets to it, nothing changes.</param>
    /// <exception cref="InvalidStateException">The conversation has ended.</exception>
    public Task SetInvitationContextAsync(InvitationContext? context, CancellationToken cancellationToken = default) => _context.Loop.InvokeAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireOpen(nameof(SetInvitationContextAsync));
        InvitationContext = context;
        return true;
    });

    private Task<bool> SetAsync(string operation, Func<ConversationProperties, ConversationProperties> change, CancellationToken cancellationToken) => _context.Loop.InvokeAsync(() =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireOpen(operation);
        SetProperties(change(Properties));
        return true;
    });

    internal void SetProperties(ConversationProperties properties)
    {
        var previous = Properties;
        if (previous != properties)
        {
            Properties = properties;
            _propertyChanges.Publish(new(previous, properties));
        }
    }

    /// <summary>The invitation by which the conversation began is decided on; what comes later is another one.</summary>
    internal void OnDecided(ConversationAcceptanceState state)
    {
        if (Direction == ConversationDirection.Incoming && Properties.AcceptanceState == ConversationAcceptanceState.None)
        {
            SetProperties(Properties with { AcceptanceState = state });
        }
    }

    /// <summary>The other side says what it is about. It travels in an INVITE of this side again, where a line end would be the end of the field.</summary>
    internal void OnSubject(string subject) =>
        SetProperties(Properties with { Subject = string.Concat(subject.Take(MaxSubjectLength).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim() });
}
