using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>One life of somebody's SIP endpoint: from a connection to its loss.</summary>
internal sealed class PresenceEndpoint : IAsyncDisposable
{
    private const int Attempts = 20;
    private readonly PresenceWorld _world;
    private readonly PresencePerson _person;
    private readonly SipUri _user;
    private readonly SipEndpoint _endpoint;
    private readonly List<Action<Exception>> _waiting = [];
    private readonly TaskCompletionSource _lost;
    private readonly string _epid;
    private SipFlow? _flow;
    private SipUri? _contact;

    public PresenceEndpoint(PresenceWorld world, PresencePerson person, SeededRandomSource random)
    {
        (_world, _person) = (world, person);
        _lost = new(world.Scheduler.CompletionOptions);
        _user = SipUri.Parse(person.Uri);
        _epid = random.NextHex(10);
        var loop = new SerialLoop(world.Scheduler);
        _endpoint = new(new SipEndpointOptions(), new LoopRuntime(world.Scheduler, random), loop, [world.Network.CreateTransport(person.Name + "-pc")]);
        _endpoint.FlowClosed += (_, _) => Lose();
    }

    /// <summary>Ends when the connection is gone.</summary>
    public Task Lost => _lost.Task;

    public async Task SignInAsync()
    {
        await _endpoint.StartAsync();
        _flow = await _endpoint.ConnectAsync(new SipTransportAddress("TCP", PresenceWorld.ServerHost, 5060));
        _contact = SipUri.Parse($"sip:{_person.Name}@{_person.Name}-pc:5060;transport=tcp");
        var registration = _endpoint.Register(new RegistrationOptions { Aor = _user, Flow = _flow, Epid = _epid, Contact = new NameAddr(_contact).WithParameter("proxy", "replace") });
        await registration.RegisterAsync();
    }

    /// <summary>Subscribes to its own presence; gives what the answer carries.</summary>
    public async Task<RoamingSelf> SubscribeSelfAsync(Action<RoamingSelf> told)
    {
        var subscribe = CreateSubscribe("vnd-microsoft-roaming-self", ContentTypes.RoamingSelf);
        subscribe.SetBody(ContentTypes.RoamingSelf, new RoamingSelfRequest([RoamingSelfParts.Categories, RoamingSelfParts.Containers]).ToBytes());
        var first = Wait<RoamingSelf>();
        await SubscribeAsync(subscribe, message =>
        {
            if (RoamingSelf.TryRead(message.Body, out var self, out _) && !first.TrySetResult(self))
            {
                told(self);
            }
        });
        return await first.Task;
    }

    public Task WatchAsync(IEnumerable<string> contacts, Action<PresenceCategories> told) =>
        SubscribeAsync(CreateWatch(contacts), message => Read(message).ForEach(told));

    /// <summary>Asks once, and keeps nothing.</summary>
    public async Task<Dictionary<string, PresenceBelief>> PollAsync(IEnumerable<string> contacts)
    {
        var subscribe = CreateWatch(contacts);
        subscribe.Headers.Add(HeaderName.Expires, "0");
        var told = Wait<SipMessage>();
        await SubscribeAsync(subscribe, message => told.TrySetResult(message));
        return Read(await told.Task).ToDictionary(categories => categories.Uri, categories => PresencePerson.Merge(default, categories));
    }

    /// <summary>Publishes until the server agrees about the versions.</summary>
    public Task PublishAsync(Func<CategoryPublication[]> wanted, OwnPublications own) => AgreeAsync(
        "publication",
        wanted,
        publications => (ContentTypes.CategoryPublish, new CategoryPublications(_person.Uri) { Publications = ValueList.From(publications) }.ToBytes()),
        own.Learn,
        own);

    public Task SetMembersAsync(Func<ContainerChange[]> wanted, OwnPublications own) => AgreeAsync(
        "containers",
        wanted,
        changes => (ContentTypes.SetContainerMembers, new SetContainerMembers(ValueList.From(changes)).ToBytes()),
        own.Learn,
        own);

    public void Leave()
    {
        if (_flow is not null)
        {
            Lose();
        }
    }

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();

    private static List<PresenceCategories> Read(SipMessage message)
    {
        if (MultipartBody.TryRead(message, out var body, out _))
        {
            return [.. body.Parts.Where(part => part.Type?.Name == ContentTypes.Categories).Select(part => ReadOne(part.Content))];
        }

        return message.ContentType == ContentTypes.Categories ? [ReadOne(message.Body)] : [];
    }

    private static PresenceCategories ReadOne(ReadOnlyMemory<byte> body) =>
        PresenceCategories.TryRead(body, out var categories, out var error) ? categories : throw new DisagreementException($"the server wrote what cannot be read: {error}");

    private async Task AgreeAsync<T>(string what, Func<T[]> wanted, Func<T[], (string Type, byte[] Body)> write, Action<T, uint> refused, OwnPublications own)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var parts = wanted();
            if (parts.Length == 0)
            {
                return;
            }

            var request = CreateRequest(SipMethod.Service);
            var (type, body) = write(parts);
            request.SetBody(type, body);
            var response = await _endpoint.SendAsync(request, _flow);
            if (response.StatusCode == StatusCode.Ok)
            {
                if (response.ContentType == ContentTypes.RoamingSelf && RoamingSelf.TryRead(response.Body, out var self, out _))
                {
                    own.Learn(self);
                    return;
                }

                // What was changed comes by the subscription to oneself.
                await _world.Scheduler.DelayAsync(TimeSpan.FromMilliseconds(500));
                continue;
            }

            if (!PresenceFault.TryRead(response.Body, out var fault, out _) || !fault.IsWrongDelta)
            {
                throw new DisagreementException($"{_person.Name}: {what} is refused with {response.StatusCode} {response.ReasonPhrase}");
            }

            _world.Tally.Count(what, "409");
            foreach (var operation in fault.Operations)
            {
                refused(parts[operation.Index - 1], operation.CurrentVersion ?? 0);
            }
        }

        throw new DisagreementException($"{_person.Name}: the server does not agree about {what} after {Attempts} attempts");
    }

    private async Task SubscribeAsync(SipRequest subscribe, Action<SipMessage> told)
    {
        var answer = await _endpoint.InvokeAsync(async () =>
        {
            var subscription = _endpoint.Subscribe(subscribe, new SubscriptionOptions { Flow = _flow });
            subscription.NotificationReceived += told;
            return await subscription.Established;
        });
        SipException.ThrowIfRefused(answer, "SUBSCRIBE");
    }

    // What ends with the connection at the latest.
    private TaskCompletionSource<T> Wait<T>()
    {
        var wait = new TaskCompletionSource<T>(_world.Scheduler.CompletionOptions);
        _waiting.Add(failure => wait.TrySetException(failure));
        return wait;
    }

    private void Lose()
    {
        _lost.TrySetResult();
        _waiting.ForEach(fail => fail(new SipException(SipFailure.FlowClosed, "The connection is gone.")));
        _waiting.Clear();
    }

    private SipRequest CreateWatch(IEnumerable<string> contacts)
    {
        var subscribe = CreateSubscribe("presence", $"{ContentTypes.Categories}, {ContentTypes.ResourceList}, multipart/related");
        subscribe.Headers.Add(HeaderName.Require, "adhoclist, categoryList");
        subscribe.Headers.Add(HeaderName.Supported, "eventlist");
        var batch = new BatchSubscribe(_person.Uri)
        {
            Actions =
            [
                new(BatchAction.Subscribe, "1")
                {
                    Resources = ValueList.From(contacts.Select(contact => new BatchResource(contact))),
                    Categories = [PresenceCategoryNames.State, PresenceCategoryNames.Note, PresenceCategoryNames.Routing],
                },
            ],
        };
        subscribe.SetBody(ContentTypes.BatchSubscribe, batch.ToBytes());
        return subscribe;
    }

    private SipRequest CreateSubscribe(string package, string accept)
    {
        var request = CreateRequest(SipMethod.Subscribe);
        request.Headers.Add(HeaderName.Event, package);
        request.Headers.Add(HeaderName.Accept, accept);
        request.Headers.Add(HeaderName.Supported, "com.microsoft.autoextend");
        request.Headers.Add(HeaderName.Supported, "ms-benotify");
        request.Headers.Add(HeaderName.Supported, "ms-piggyback-first-notify");
        request.Headers.Add(HeaderName.ProxyRequire, "ms-benotify");
        return request;
    }

    private SipRequest CreateRequest(SipMethod method)
    {
        var request = _endpoint.CreateRequest(method, _user, new NameAddr(_user).WithParameter("epid", _epid), new NameAddr(_user));
        request.Headers[HeaderName.Contact] = new NameAddr(_contact!).ToString();
        return request;
    }
}
