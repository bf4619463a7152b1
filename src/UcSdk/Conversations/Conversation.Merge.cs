using UcSdk.Core;

namespace UcSdk;

/// <content>Two conversations become one.</content>
public sealed partial class Conversation
{
    private readonly List<(string Uri, TaskCompletionSource Arrived)> _awaited = [];

    /// <summary>The conversation in which this one went on when it was merged and ended; null when it was not.</summary>
    public Conversation? MergedInto { get; private set; }

    /// <summary>
    /// Brings everybody of another conversation into this one, which becomes a conference for that where it is none. The other one ends when all of them are here, and where the user
    /// may run its conference, that ends too; who could not come stays in it with the user. A person with whom the user talked alone goes on in the same conversation; who was in
    /// a conference is asked, as with every invitation to one, and theirs is <see cref="DerivedFrom"/> that in which they were.
    /// </summary>
    /// <param name="other">Another conversation of the same client.</param>
    /// <param name="cancellationToken">Gives up: invitations are taken back, who is here already stays, and the other conversation goes on.</param>
    /// <returns>Who came, and who could not.</returns>
    /// <exception cref="ArgumentException">It is this conversation, or one of another client.</exception>
    /// <exception cref="InvalidStateException"><see cref="ConversationAction.Merge"/> cannot be invoked now, or the other one has ended or is not accepted.</exception>
    /// <exception cref="ConferenceFailureException">This one did not become a conference. Nothing has changed.</exception>
    /// <exception cref="FailureResponseException">The person in this one did not move to the conference. Nothing has changed.</exception>
    public Task<ConversationMerge> MergeAsync(Conversation other, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other == this || other.ConversationManager != ConversationManager)
        {
            throw new ArgumentException("Another conversation of the same client is wanted.", nameof(other));
        }

        return _context.Loop.InvokeAsync(() => MergeCoreAsync(other, cancellationToken));
    }

    private async Task<ConversationMerge> MergeCoreAsync(Conversation other, CancellationToken cancellationToken)
    {
        if (!CanInvoke(ConversationAction.Merge))
        {
            throw _machine.Refuse(nameof(MergeAsync));
        }

        if (other.IsFinishing || other.IsOffered || other.IsMoving)
        {
            throw other._machine.Refuse("MergeAsync into another conversation");
        }

        var options = new ConferenceInvitationOptions { Audio = IsConnected(AVModality) || IsConnected(other.AVModality), ConversationId = other.Id };
        var people = other.Participants.Where(participant => !participant.IsSelf && Find(participant.Uri) is null).Select(participant => participant.Uri).ToArray();
        var results = people.Length == 0 ? [] : await BringAsync(people, options, cancellationToken);
        var merge = new ConversationMerge(
            [.. people.Where((_, person) => results[person] is null)],
            [.. people.Zip(results).Where(pair => pair.Second is not null).Select(pair => new MergeFailure(pair.First, pair.Second!))]);
        cancellationToken.ThrowIfCancellationRequested();
        if (merge.IsComplete && !IsFinishing && !other.IsFinishing)
        {
            other.MergedInto = this;
            if (other.ConferenceSession is { State: ConferenceSessionState.Connected, IsPresenter: true } session)
            {
                await EndConferenceAsync(session);
            }

            await other.FinishAsync(ConferenceSessionTrigger.Leave, null);
        }

        return merge;
    }

    private static bool IsConnected(Modality modality) => modality.State == ModalityState.Connected;

    private async Task<Exception?[]> BringAsync(string[] people, ConferenceInvitationOptions options, CancellationToken cancellationToken)
    {
        if (ConferenceSession is null || IsMoving)
        {
            await EscalateAsync(IsConnected(AVModality), cancellationToken);
        }

        return await Task.WhenAll(people.Select(async uri =>
        {
            try
            {
                await InviteAsync(uri, options, cancellationToken);
                await WaitForParticipantAsync(uri, cancellationToken);
                return null;
            }
            catch (Exception failure) when (failure is LyncClientException or InvalidStateException or TimeoutException or OperationCanceledException)
            {
                return failure;
            }
        }));
    }

    private async Task WaitForParticipantAsync(string uri, CancellationToken cancellationToken)
    {
        var waiting = (uri, Arrived: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _awaited.Add(waiting);
        TellArrivals();
        try
        {
            await _context.Loop.WithinAsync(waiting.Arrived.Task, PeerPatience, "The move to this conversation", cancellationToken);
        }
        finally
        {
            _awaited.Remove(waiting);
        }
    }

    private void TellArrivals()
    {
        foreach (var (uri, arrived) in _awaited)
        {
            if (IsFinishing)
            {
                arrived.TrySetException(_machine.Refuse(nameof(MergeAsync)));
            }
            else if (_roster.Contains(uri))
            {
                arrived.TrySetResult();
            }
        }
    }
}
