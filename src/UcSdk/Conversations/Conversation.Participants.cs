using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <content>Who is in it: between two who was added, in a conference whom the roster shows.</content>
public sealed partial class Conversation
{
    private readonly HashSet<string> _roster = new(StringComparer.OrdinalIgnoreCase);
    private string[] _peerAddress = [];
    private string[] _chatters = [];

    /// <summary>The other person between two; null in what began as a conference, and while nobody is added.</summary>
    internal SipUri? Peer { get; private set; }

    /// <summary>
    /// Adds somebody. The first is only noted: the first message, or connecting a modality, invites. A second one makes the conversation a conference: the server makes one, the
    /// user joins it, the other side is invited to it and moves, and then the newcomer is invited. In a conference the person is invited at once.
    /// </summary>
    /// <param name="uri">The person's address, <c>sip:user@domain</c>.</param>
    /// <param name="cancellationToken">Gives up; what was begun is taken back.</param>
    /// <exception cref="ArgumentException">The address is not a SIP URI, or the user's own.</exception>
    /// <exception cref="InvalidStateException"><see cref="ConversationAction.AddParticipant"/> cannot be invoked now.</exception>
    /// <exception cref="ConferenceFailureException">The conference did not come about; the conversation is between two as before.</exception>
    /// <exception cref="FailureResponseException">The other side did not move to the conference, and the conversation is between two as before; or the newcomer did not come.</exception>
    public Task AddParticipantAsync(string uri, CancellationToken cancellationToken = default)
    {
        var address = UserAddress.Parse(uri, nameof(uri)).AddressOfRecord;
        return _context.Loop.InvokeAsync(async () =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!CanInvoke(ConversationAction.AddParticipant))
            {
                throw _machine.Refuse(nameof(AddParticipantAsync));
            }

            if (address.Equals(Connection.User.AddressOfRecord))
            {
                throw new ArgumentException("The user is in the conversation already.", nameof(uri));
            }

            if (ConferenceSession is null && Peer is null)
            {
                SetPeer(address, "");
                return;
            }

            if (ConferenceSession is null || IsMoving)
            {
                if (address.Equals(Peer))
                {
                    return;
                }

                await EscalateAsync(audio: false, cancellationToken);
            }

            await InviteAsync(address.Text, new ConferenceInvitationOptions { Audio = AVModality.State == ModalityState.Connected }, cancellationToken);
        });
    }

    /// <inheritdoc cref="AddParticipantAsync(string, CancellationToken)"/>
    /// <param name="contact">The person.</param>
    /// <param name="cancellationToken">Gives up; what was begun is taken back.</param>
    public Task AddParticipantAsync(Contact contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return AddParticipantAsync(contact.Uri, cancellationToken);
    }

    /// <summary>Removes somebody: from a conference (<see cref="ConferenceSession.EjectAsync"/>); a conversation between two ends.</summary>
    /// <param name="participant">Somebody in <see cref="Participants"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the command is not taken back.</param>
    /// <exception cref="ArgumentException">It is somebody of another conversation.</exception>
    /// <exception cref="InvalidStateException"><see cref="ConversationAction.RemoveParticipant"/> cannot be invoked now.</exception>
    /// <exception cref="ConferenceFailureException">The focus refused.</exception>
    public Task RemoveParticipantAsync(Participant participant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(participant);
        if (participant.Conversation != this)
        {
            throw new ArgumentException("Somebody of this conversation is wanted.", nameof(participant));
        }

        return CanInvoke(ConversationAction.RemoveParticipant)
            ? ConferenceSession?.EjectAsync(participant, cancellationToken) ?? EndAsync(cancellationToken)
            : Task.FromException(_machine.Refuse(nameof(RemoveParticipantAsync)));
    }

    /// <summary>The conversation is one between two, with this person.</summary>
    internal void SetPeer(SipUri peer, string name, string? representedBy = null, string? referredBy = null)
    {
        Peer = peer.AddressOfRecord;
        _peerAddress = [Peer.Text];
        AddParticipant(SelfParticipant.Snapshot);
        AddParticipant(new(Peer.Text, name, false, ParticipantModalities.None) { RepresentedBy = representedBy, ReferredBy = referredBy });
        RefreshActions();
    }

    /// <summary>Who is to have a message that is sent now.</summary>
    /// <param name="toConference">Whether it goes to the IM MCU.</param>
    internal string[] RecipientsOfMessages(bool toConference) => toConference ? _chatters : _peerAddress;

    /// <summary>Who wrote: the other person where nobody is named, else whoever the conference names.</summary>
    internal Participant SenderOfMessage(SipUri? sender)
    {
        var address = (sender?.AddressOfRecord ?? Peer!).Text;
        return Find(address) ?? new Participant(_context, this, address, isSelf: address.Equals(SelfParticipant.Uri, StringComparison.OrdinalIgnoreCase));
    }

    internal bool IsPeer(Participant participant) => Peer is { } peer && participant.Uri.Equals(peer.Text, StringComparison.OrdinalIgnoreCase);

    internal Participant? Find(string uri)
    {
        for (var at = 0; at < Participants.Count; at++)
        {
            if (Participants[at].Uri.Equals(uri, StringComparison.OrdinalIgnoreCase))
            {
                return Participants[at];
            }
        }

        return null;
    }

    internal void OnRosterChanged(IReadOnlyList<ConferenceChange> changes)
    {
        var isSelfRemoved = false;
        foreach (var change in changes)
        {
            switch (change)
            {
                case ConferenceChange.UserAdded added:
                    _roster.Add(added.User.Entity);
                    AddParticipant(RosterTranslation.ToSnapshot(added.User));
                    break;
                case ConferenceChange.UserChanged changed:
                    if (Find(changed.User.Entity) is not null)
                    {
                        AddParticipant(RosterTranslation.ToSnapshot(changed.User));
                    }

                    break;
                case ConferenceChange.UserRemoved removed:
                    _roster.Remove(removed.User.Entity);
                    isSelfRemoved |= Find(removed.User.Entity) is { IsSelf: true };
                    RemoveParticipant(removed.User.Entity);
                    break;
            }
        }

        var before = _chatters;
        _chatters =
        [
            .. Participants
                .Where(participant => !participant.IsSelf && participant.Modalities.InstantMessage == ModalityState.Connected && _roster.Contains(participant.Uri))
                .Select(participant => participant.Uri),
        ];
        foreach (var uri in before.Except(_chatters, StringComparer.OrdinalIgnoreCase))
        {
            InstantMessageModality.OnChatterLeft(uri);
        }

        OnPeerMoved();
        TellArrivals();
        if (AVModality.State == ModalityState.Notified && !Participants.Any(participant => !participant.IsSelf && participant.Modalities.AudioVideo != ModalityState.Disconnected))
        {
            AVModality.OnNobodyTalks();
        }

        if (isSelfRemoved)
        {
            ConferenceSession?.OnSelfRemoved();
        }
    }

    internal void ClearRoster()
    {
        foreach (var participant in Participants)
        {
            // Where the conference has failed, all between the two is as before.
            var stays = !IsFinishing && Peer is not null && (participant.IsSelf || IsPeer(participant));
            if (!stays)
            {
                RemoveParticipant(participant.Uri);
            }
        }

        _chatters = [];
        _roster.Clear();
    }

    // Who has accepted the invitation to the conference and has not come is not there.
    private void ShowRosterOnly()
    {
        foreach (var participant in Participants.Where(participant => !participant.IsSelf && !_roster.Contains(participant.Uri)).ToArray())
        {
            RemoveParticipant(participant.Uri);
        }
    }

    // Between two, the other person takes part as the user does.
    private void ShowPeer()
    {
        if (ConferenceSession is null && Peer is { } peer && Find(peer.Text) is { } participant)
        {
            var modalities = new ParticipantModalities(InstantMessageModality.State, default, default, default);
            participant.Update(participant.Snapshot with { Modalities = modalities });
            SelfParticipant.Update(SelfParticipant.Snapshot with { Modalities = modalities });
        }
    }

    private void AddParticipant(ParticipantSnapshot snapshot)
    {
        if (Find(snapshot.Uri) is { } known)
        {
            // What the invitation said of who invites, no roster says.
            known.Update(snapshot with { RepresentedBy = known.Snapshot.RepresentedBy, ReferredBy = known.Snapshot.ReferredBy });
            return;
        }

        var isSelf = snapshot.Uri.Equals(SelfParticipant.Uri, StringComparison.OrdinalIgnoreCase);
        var participant = isSelf ? SelfParticipant : new Participant(_context, this, snapshot.Uri, isSelf: false);
        participant.Update(snapshot);
        Participants.Add(participant);
    }

    private void RemoveParticipant(string uri)
    {
        if (Find(uri) is not { } participant || !Participants.Remove(participant))
        {
            return;
        }

        participant.Update(participant.Snapshot with { Modalities = ParticipantModalities.None });
        InstantMessageModality.OnParticipantLeft(participant);
        if (!participant.IsSelf)
        {
            participant.Complete();
        }
    }
}
