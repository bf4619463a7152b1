using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using UcSdk.Core;
using UcSdk.Server;
using UcSdk.Sip;

namespace UcSdk.Benchmarks;

/// <summary>
/// A change of a contact at a <see cref="LyncClient"/>: from the bytes of a BENOTIFY to the observer of the contact, beside a bare pass of the platform's reader over the
/// same body. Everything on one thread; the dialog is one that the embedded server made, the messages come from an array.
/// </summary>
internal static partial class PresenceApply
{
    private const int Messages = 1000;
    private const int Rounds = 150;
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static IEnumerable<string> Measure()
    {
        // One is busy and the other is not, so that each is a change.
        byte[][] bodies = [Body(6500, "in-a-meeting"), Body(9500, "in-presentation")];
        var bare = Quietest(_ => { }, index => Pass(bodies[index % 2]));
        var applied = MeasureClient(bodies);
        yield return Row($"bare XmlReader pass over the {bodies[0].Length} bytes of a contact's change", bare, "baseline");
        yield return Row("the BENOTIFY with them, from bytes to the contact's observer", applied, (applied.Time / bare.Time).ToString("F2", CultureInfo.InvariantCulture) + " ×");
    }

    private static string Row(string what, (double Time, double Bytes) each, string ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"| {what} | {each.Time:F0} ns processor | {ratio} | {each.Bytes:F0} B |");

    private static byte[] Body(uint availability, string activity) => Encoding.UTF8.GetBytes(SamplePresence.Text
        .Replace("sip:bob@contoso.com", "sip:bob@contoso.test", StringComparison.Ordinal)
        .Replace("<availability>6500<", string.Create(CultureInfo.InvariantCulture, $"<availability>{availability}<"), StringComparison.Ordinal)
        .Replace("in-a-meeting", activity, StringComparison.Ordinal));

    private static void Pass(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body, writable: false), Settings);
        while (reader.Read())
        {
        }
    }

    private static (double Time, double Bytes) MeasureClient(byte[][] bodies)
    {
        var scheduler = new SimulationScheduler();
        var random = new SeededRandomSource(1);
        using var network = new MemoryNetwork(new MemoryNetworkOptions { Seed = 1, KeepTranscript = false }, new LoopRuntime(scheduler, random.Fork()));
        var server = new UcServer(new UcServerOptions { Users = [new("alice"), new("bob")], Network = network }, new LoopRuntime(scheduler, random.Fork()), new ServerSeams());
        scheduler.Run(() => server.StartAsync());
        ReplayTransport transport = null!;
        var alice = SignIn("alice", inner => transport = new ReplayTransport(inner));
        var bob = SignIn("bob", inner => inner);

        var contact = alice.ContactManager.GetContactByUri("sip:bob@contoso.test");
        var subscription = alice.ContactManager.CreateSubscription();
        subscription.AddContact(contact);
        subscription.Subscribe(ContactSubscriptionRefreshRate.High, ContactInformationType.Availability, ContactInformationType.DisplayName, ContactInformationType.PersonalNote);
        var seen = new Counter();
        using var observing = contact.InformationChanges.Subscribe(seen);
        scheduler.Advance(TimeSpan.FromSeconds(1));
        scheduler.Run(() => bob.Self!.PublishAvailabilityAsync(ContactAvailability.Busy));
        scheduler.Advance(TimeSpan.FromSeconds(1));

        var number = 1_000_000;
        var messages = new byte[Messages][];
        seen.Count = 0;
        var measured = Quietest(
            _ =>
            {
                for (var index = 0; index < Messages; index++)
                {
                    messages[index] = Message(transport.Last, ++number, bodies[index % 2]);
                }
            },
            index =>
            {
                transport.Receive(messages[index]);
                scheduler.RunUntilIdle();
            });
        var count = seen.Count;
        scheduler.Run(async () =>
        {
            await alice.DisposeAsync();
            await bob.DisposeAsync();
            await server.DisposeAsync();
        });
        return count == Messages * Rounds ? measured : throw new InvalidOperationException($"{count} changes were seen of {Messages * Rounds}.");

        LyncClient SignIn(string name, Func<ISipTransport, ISipTransport> wrap)
        {
            var client = new LyncClient(
                new LyncClientOptions { Server = server.ListenAddresses[0], TransportFactory = () => wrap(network.CreateTransport(name)) },
                new LoopRuntime(scheduler, random.Fork()),
                new ClientSeams());
            scheduler.Run(() => client.SignInAsync(server.AddressOf(name)));
            scheduler.Advance(TimeSpan.FromSeconds(1));
            return client;
        }
    }

    // What the server sent, with another number and another body.
    private static byte[] Message(string sent, int number, byte[] body)
    {
        var head = sent[..(sent.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];
        head = Sequence().Replace(head, string.Create(CultureInfo.InvariantCulture, $"CSeq: {number} "));
        head = Length().Replace(head, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n"));
        return [.. Encoding.UTF8.GetBytes(head), .. body];
    }

    // Processor time of the process, collections included; a machine that serves others stretches some rounds, and the quietest counts.
    private static (double Time, double Bytes) Quietest(Action<int> prepare, Action<int> work)
    {
        var (best, bytes) = (double.MaxValue, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            prepare(round);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var before = Environment.CpuUsage.TotalTime;
            for (var index = 0; index < Messages; index++)
            {
                work(index);
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / Messages);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Messages;
        }

        return (best, bytes);
    }

    [GeneratedRegex(@"CSeq: \d+ ")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"Content-Length: \d+\r\n")]
    private static partial Regex Length();

    private sealed class Counter : IObserver<ContactInformationChange>
    {
        public int Count { get; set; }

        public void OnNext(ContactInformationChange value) => Count++;

        public void OnError(Exception error) => throw error;

        public void OnCompleted()
        {
        }
    }
}
