using Microsoft.Extensions.Logging.Abstractions;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.TestKit;

/// <summary>
/// Another endpoint of a presenter that sits in the conference without media and sends commands for which the object model has no members:
/// a registered connection and a focus dialog, nothing more.
/// </summary>
internal sealed class Presenter
{
    private readonly SerialLoop _loop;
    private readonly SipEndpoint _endpoint;
    private readonly ServerConnection _connection;
    private readonly FocusDialog _focus;
    private readonly string _conferenceUri;

    private Presenter(SerialLoop loop, SipEndpoint endpoint, ServerConnection connection, FocusDialog focus, string conferenceUri)
    {
        _loop = loop;
        _endpoint = endpoint;
        _connection = connection;
        _focus = focus;
        _conferenceUri = conferenceUri;
    }

    public static Task<Presenter> JoinAsync(World world, string name, string conferenceUri)
    {
        var runtime = world.NextRuntime();
        var loop = new SerialLoop(runtime.Scheduler);
        var options = new LyncClientOptions { Server = new SipTransportAddress("TCP", "sip." + World.Domain, 5060), MediaNetwork = world.NextMediaHost() };
        var context = new ModelContext(loop, runtime.Random, options, ClientSeams.None, NullLogger.Instance);
        var endpoint = new SipEndpoint(new SipEndpointOptions(), runtime, loop, [world.Network.CreateTransport(name + "-desk")]);
        var connection = new ServerConnection(context, new("00d35c0001"), SipUri.Parse($"sip:{name}@{World.Domain}"), options.Server);
        var focus = new FocusDialog(context, connection, conferenceUri);
        return loop.InvokeAsync(async () =>
        {
            await endpoint.StartAsync();
            await connection.OpenAsync(endpoint, CancellationToken.None);
            await focus.JoinAsync("presenter", runtime.Random.NextGuid(), CancellationToken.None);
            return new Presenter(loop, endpoint, connection, focus, conferenceUri);
        });
    }

    public Task EjectAsync(Person person) =>
        _loop.InvokeAsync(() => _focus.SendAsync(new DeleteUserCommand(_conferenceUri, person.Address), CancellationToken.None));

    public Task LeaveAsync() => _loop.InvokeAsync(async () =>
    {
        await _focus.CloseAsync();
        await _connection.CloseAsync();
        await _endpoint.DisposeAsync();
    });
}
