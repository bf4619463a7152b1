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
