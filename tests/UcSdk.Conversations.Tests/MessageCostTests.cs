using System.Text;
using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Conversations.Tests;

/// <summary>
/// What a message costs from the caller's hand to the other side's eyes and back to the caller: two clients, the server between them and the network, all in memory on one
/// thread, beside a bare MESSAGE between the same endpoints.
/// </summary>
public sealed class MessageCostTests
{
    // Debug builds take somewhat more than release builds (benchmarks/README.md).
    private const int MostOfAll = 11_800;
    private const int Count = 300;
    private const string Text = "Are you coming along for lunch?";

    [Fact]
    public void A_message_with_its_outcome_costs_four_kilobytes_at_most_beside_a_bare_transaction_and_less_than_its_bound_in_all()
    {
        var simulation = new SimulationScheduler();
        var random = new SeededRandomSource(5);
        using var network = new MemoryNetwork(new MemoryNetworkOptions { Seed = 1, KeepTranscript = false }, new LoopRuntime(simulation, random.Fork()));
        var options = new UcServerOptions { Domain = World.Domain, Users = [new("alice"), new("bob")], Network = network };
        var server = new UcServer(options, new LoopRuntime(simulation, random.Fork()), ServerSeams.None);
        var (alice, bob) = (Create("alice"), Create("bob"));
        simulation.Run(async () =>
        {
            await server.StartAsync();
            await alice.SignInAsync("sip:alice@" + World.Domain);
            await bob.SignInAsync("sip:bob@" + World.Domain);
            bob.ConversationManager.ModalityInvitationHandler = (modality, token) => modality.AcceptAsync(token);
            var conversation = await alice.ConversationManager.AddConversationAsync();
            await conversation.AddParticipantAsync("sip:bob@" + World.Domain);
            var messages = conversation.InstantMessageModality;
            await messages.SendMessageAsync(Text);
            Assert.Equal(1, messages.OpenSessions);

            var bare = await MeasureAsync(() => PageAsync(alice.Connection!));
            var whole = await MeasureAsync(() => messages.SendMessageAsync(Text));

            TestContext.Current.TestOutputHelper?.WriteLine($"{whole} bytes for a message, {bare} for a bare MESSAGE");
            Assert.InRange(whole - bare, -bare, 4096);
            Assert.InRange(whole, 1, MostOfAll);
            await alice.DisposeAsync();
            await bob.DisposeAsync();
            await server.DisposeAsync();
        });

        LyncClient Create(string name) => new(
            new LyncClientOptions { Server = new("TCP", "sip." + World.Domain, 5060), TransportFactory = () => network.CreateTransport(name), TimeProvider = simulation.Time },
            new LoopRuntime(simulation, random.Fork()),
            new ClientSeams { StartsNoServices = true });
    }

    private static async Task PageAsync(ServerConnection connection)
    {
        var request = connection.CreateRequest(SipMethod.Message, SipUri.Parse("sip:bob@" + World.Domain));
        request.SetBody("text/plain; charset=UTF-8", Encoding.UTF8.GetBytes(Text));
        var response = await connection.Endpoint.SendAsync(request, connection.Flow);
        Assert.Equal(200, response.StatusCode);
    }

    private static async Task<long> MeasureAsync(Func<Task> once)
    {
        for (var round = 0; round < 100; round++)
        {
            await once();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Count; round++)
        {
            await once();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
    }
}
