using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Changes what the server knows of the user ([MS-PRES] §3.2, §3.3): one SERVICE after another, each with the versions as last known. Where the server has others (409,
/// WrongDelta), the change is made again out of the newest state.
/// </summary>
internal sealed class OwnPresenceRequests(ModelContext context, PublishedState state, Action changed)
{
    // Other endpoints of the user may publish all the time; who is never quick enough must learn it.
    private const int MaxTries = 5;

    // What another endpoint has published comes by a notification soon after the refusal that speaks of it.
    private static readonly TimeSpan NewsLimit = TimeSpan.FromSeconds(2);

    private Task _last = Task.CompletedTask;
    private TaskCompletionSource _told = NewSignal();

    /// <summary>Something new of the server has come into the state.</summary>
    public void Tell()
    {
        var told = _told;
        _told = NewSignal();
        told.TrySetResult();
    }

    /// <summary>Publishes what is made out of the newest state; nothing when that is nothing.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="create">Makes the publications; their versions are set here.</param>
    /// <param name="buildsOn">True where they are made out of what was published before, so that after a conflict the news must be waited for.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="SipException">Refused, or no answer.</exception>
    public Task PublishAsync(
        ServerConnection connection, Func<PublishedState, IEnumerable<CategoryPublication>> create, bool buildsOn, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                var publications = ValueList.From(create(state).Select(one => one with { Version = state.VersionOf(PublishedState.KeyOf(one)) }));
                if (publications.Count == 0)
                {
                    return;
                }

                var body = new CategoryPublications(connection.User.Text) { Publications = publications }.ToBytes();
                var answer = await SendAsync(connection, ContentTypes.CategoryPublish, body);
                if (answer.IsSuccess)
                {
                    Take(answer, publications);
                    return;
                }

                var fault = ReadConflict(answer, "SERVICE publish", attempt);
                var conflicts = fault.Operations.Where(one => one.Index >= 1 && one.Index <= publications.Count && one.CurrentVersion is not null)
                    .Select(one => (Key: PublishedState.KeyOf(publications[(int)one.Index - 1]), Version: one.CurrentVersion!.Value))
                    .ToList();
                if (buildsOn && conflicts.Count > 0)
                {
                    await NewsAsync(() => conflicts.All(conflict => state.VersionOf(conflict.Key) >= conflict.Version));
                }

                conflicts.ForEach(conflict => state.Learn(conflict.Key, conflict.Version));
            }
        },
        cancellationToken);

    /// <summary>Changes the members of containers; nothing when there is nothing to change.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="create">Makes the changes; their versions are set here.</param>
    /// <param name="looksAfter">True to look whether the server tells of what was wanted, and to change again what it does not, unless it soon tells nothing.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="SipException">Refused, or no answer.</exception>
    public Task SetContainersAsync(
        ServerConnection connection, Func<PublishedState, IEnumerable<ContainerChange>> create, bool looksAfter, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                var changes = ValueList.From(create(state).Select(one => one with { Version = state.VersionOf(one.Id) }));
                if (changes.Count == 0)
                {
                    return;
                }

                var answer = await SendAsync(connection, ContentTypes.SetContainerMembers, new SetContainerMembers(changes).ToBytes());
                if (answer.IsSuccess)
                {
                    foreach (var change in changes.Where(change => state.VersionOf(change.Id) <= change.Version))
                    {
                        state.Assume(change);
                    }

                    changed();
                    if (!looksAfter || attempt == MaxTries)
                    {
                        return;
                    }

                    // Each container has versions of its own, so another endpoint may just have put the same member into another one; the server tells of that no later than of this.
                    await NewsAsync(() => changes.All(change => state.ToldVersionOf(change.Id) > change.Version));
                    continue;
                }

                var fault = ReadConflict(answer, "SERVICE setContainerMembers", attempt);
                var conflicts = fault.Operations.Where(one => one.Index >= 1 && one.Index <= changes.Count && one.CurrentVersion is not null)
                    .Select(one => (changes[(int)one.Index - 1].Id, Version: one.CurrentVersion!.Value))
                    .ToList();
                await NewsAsync(() => conflicts.All(conflict => state.VersionOf(conflict.Id) >= conflict.Version));
                conflicts.ForEach(conflict => state.Learn(conflict.Id, conflict.Version));
            }
        },
        cancellationToken);

    /// <summary>Acknowledges watchers.</summary>
    /// <exception cref="SipException">Refused, or no answer.</exception>
    public Task AcknowledgeAsync(ServerConnection connection, IReadOnlyList<string> users, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var answer = await SendAsync(connection, ContentTypes.SetSubscribers, SetSubscribers.Acknowledging(users).ToBytes());
            SipException.ThrowIfRefused(answer, "SERVICE setSubscribers");
            foreach (var user in users)
            {
                state.Acknowledge(user);
            }

            changed();
        },
        cancellationToken);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Versions count one after another, so requests go one after another too; a failed one harms the next no more.
    private async Task InTurnAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var before = _last;
        var turn = NewSignal();
        _last = turn.Task;
        await before;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await work();
        }
        finally
        {
            turn.SetResult();
        }
    }

    private Task<SipResponse> SendAsync(ServerConnection connection, string contentType, byte[] body)
    {
        var service = connection.CreateRequest(SipMethod.Service, connection.User);
        service.SetBody(contentType, body);
        return connection.Endpoint.SendAsync(service, connection.Flow, CancellationToken.None);
    }

    private void Take(SipResponse answer, ValueList<CategoryPublication> publications)
    {
        if (!answer.Body.IsEmpty && RoamingSelf.TryRead(answer.Body, out var document, out var error))
        {
            state.Apply(document);
        }
        else
        {
            if (!answer.Body.IsEmpty)
            {
                Log.UnreadableDocument(context.Logger, "the answer to a publication");
            }

            foreach (var publication in publications.Where(one => state.VersionOf(PublishedState.KeyOf(one)) <= one.Version))
            {
                state.Assume(publication);
            }
        }

        changed();
    }

    private static PresenceFault ReadConflict(SipResponse answer, string operation, int attempt)
    {
        if (answer.StatusCode != 409 || attempt >= MaxTries || !PresenceFault.TryRead(answer.Body, out var fault, out _) || !fault.IsWrongDelta)
        {
            throw new SipException(answer, operation);
        }

        return fault;
    }

    private async Task NewsAsync(Func<bool> isThere)
    {
        var limit = context.Loop.Now + NewsLimit;
        while (!isThere() && context.Loop.Now < limit)
        {
            try
            {
                await context.Loop.WithinAsync(_told.Task, limit - context.Loop.Now, "News", CancellationToken.None);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }
}
