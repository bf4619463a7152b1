using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Asks once for the presence of contacts (SUBSCRIBE with Expires: 0, RFC 6665 §4.4.3). Who is wanted while nothing has been sent goes into the same request. On the loop only.
/// </summary>
internal sealed class PresenceFetch(ModelContext context, ServerConnection connection, bool isPlain, Action<PresenceReport> report) : IDisposable
{
    private readonly HashSet<Contact> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private Task? _next;

    /// <summary>Ends when the server has told what it knows of the contact.</summary>
    /// <exception cref="SipException">Refused, no answer, or the connection is lost.</exception>
    /// <exception cref="TimeoutException">The server took the request and told nothing.</exception>
    public Task FetchAsync(IEnumerable<Contact> contacts)
    {
        _waiting.UnionWith(contacts);
        return _next ??= SendSoonAsync();
    }

    /// <summary>Gives up what is under way.</summary>
    public void Dispose() => _stop.Cancel();

    private async Task SendSoonAsync()
    {
        // Behind what is queued on the loop: wishes of the same moment share a request.
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Loop.Post(turn.SetResult);
        await turn.Task;
        Contact[] contacts = [.. _waiting];
        _waiting.Clear();
        _next = null;
        if (isPlain)
        {
            await Task.WhenAll(contacts.Select(contact => AskAsync(PresenceRequests.Plain(connection, contact), [])));
            return;
        }

        var elsewhere = new List<PresenceReport>();
        await Task.WhenAll(contacts.Chunk(context.Options.MaxPresenceBatch).Select(some =>
            AskAsync(PresenceRequests.Batch(connection, connection.User, PresenceRequests.Body(connection, 1, some, [], PresenceNeeds.All)), elsewhere)));
        await Task.WhenAll(elsewhere.Select(moved => contacts.FirstOrDefault(contact => contact.Uri == moved.Uri)).OfType<Contact>()
            .Select(contact => AskAsync(PresenceRequests.Single(connection, contact, PresenceNeeds.All), [])));
    }

    private async Task AskAsync(SipRequest request, List<PresenceReport> elsewhere)
    {
        request.Headers[HeaderName.Expires] = "0";
        var subscription = connection.Endpoint.Subscribe(request, new SubscriptionOptions { Flow = connection.Flow });
        var isTold = false;
        subscription.NotificationReceived += message =>
        {
            isTold = true;
            foreach (var one in PresenceReader.Read(message, context.Logger))
            {
                if (one.Kind == PresenceReportKind.Elsewhere)
                {
                    elsewhere.Add(one);
                }
                else
                {
                    report(one);
                }
            }
        };
        SipException.ThrowIfRefused(await subscription.Established.UntilAsync(_stop.Token), "SUBSCRIBE presence");
        await subscription.Ended.UntilAsync(_stop.Token);
        if (!isTold)
        {
            throw new TimeoutException("The server took the query and told nothing.");
        }
    }
}
