namespace UcSdk;

/// <summary>A person in a conversation. The object stays the same while the person is in the roster.</summary>
public sealed class Participant
{
    private readonly ChangeStream<ParticipantChange> _changes;

    internal Participant(ModelContext context, Conversation conversation, string uri, bool isSelf)
    {
        Conversation = conversation;
        IsSelf = isSelf;
        Snapshot = new(uri, "", false, ParticipantModalities.None);
        _changes = new(context.Observers, "Participant");
    }

    /// <summary>The conversation.</summary>
    public Conversation Conversation { get; }

    /// <summary>Whether this is the signed-in user.</summary>
    public bool IsSelf { get; }

    /// <summary>The address, <c>sip:user@domain</c>.</summary>
    public string Uri => Snapshot.Uri;

    /// <summary>The name to show; empty when the server gave none.</summary>
    public string DisplayName => Snapshot.DisplayName;

    /// <summary>Whether the person may run the conference.</summary>
    public bool IsPresenter => Snapshot.IsPresenter;

    /// <summary>In which ways the person takes part, as the roster tells it.</summary>
    public ParticipantModalities Modalities => Snapshot.Modalities;

    /// <summary>Whether the conference is this person's: its address says so.</summary>
    public bool IsOrganizer => Conversation.ConferenceSession is { } session && Uri.Equals(session.OrganizerUri, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the person types; changes are told by <see cref="InstantMessageModality.TypingParticipants"/>. False of the user.</summary>
    public bool IsTyping => Conversation.InstantMessageModality.TypingParticipants.Contains(this);

    /// <summary>
    /// What the person's client can show of a message, beside plain text. Known of the other person between two while there is a session; the server of a
    /// conference chooses for everybody what they can show, and says nothing of it. Of the user it is what this client can show.
    /// </summary>
    public InstantMessageCapabilities InstantMessageCapabilities => IsSelf ? Conversation.OwnCapabilities : Conversation.InstantMessageModality.CapabilitiesOf(this);

    /// <summary>The person as a contact, with presence and more: the same object as in <see cref="ContactManager"/>.</summary>
    public Contact Contact => Conversation.ConversationManager.ContactOf(Uri);

    /// <summary>All of it at one moment.</summary>
    public ParticipantSnapshot Snapshot { get; private set; }

    /// <summary>Changes of name, role and modalities. Ends when the person leaves the roster.</summary>
    public IObservable<ParticipantChange> Changes => _changes;

    /// <summary>The role and the state of the audio; never who it is.</summary>
    public override string ToString() => (IsSelf ? "self, " : "") + Snapshot;

    internal void Update(ParticipantSnapshot current)
    {
        var previous = Snapshot;
        if (previous != current)
        {
            Snapshot = current;
            _changes.Publish(new(previous, current));
        }
    }

    internal void Complete() => _changes.Complete();
}
