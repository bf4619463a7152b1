using System.Diagnostics;
using System.Net;
using ConferenceJoin.Reports;
using UcSdk;
using UcSdk.Media;
using UcSdk.Server;
using UcSdk.Sip;

namespace ConferenceJoin;

/// <summary>
/// The whole story: a server, people who sign in, a conference with three SIP dialogs for each who is invited, speech that everybody hears
/// but the speaker, and an orderly end. Read <see cref="RunAsync"/> from top to bottom.
/// </summary>
internal sealed class Meeting(MeetingOptions options, IReport report) : IAsyncDisposable
{
    private static readonly string[] FirstNames = ["alice", "bob", "carol"];

    // All of it runs in one process, perhaps on a busy machine: what a late turn of one part delays, the others must wait for.
    private static readonly TimeSpan JitterDepth = TimeSpan.FromMilliseconds(240);

    // What is still on its way when a clip ends: two jitter buffers, and a margin.
    private static readonly TimeSpan OnTheWay = (2 * JitterDepth) + TimeSpan.FromMilliseconds(400);

    // Longer than any legitimate wait by far: a stage that takes longer hangs.
    private static readonly TimeSpan StageLimit = TimeSpan.FromSeconds(60);

    private readonly Dictionary<MeetingStage, TimeSpan> _stages = [];
    private readonly List<Attendee> _people = [];
    private readonly MemoryNetwork? _network = options.Transport == MeetingTransport.Memory ? new MemoryNetwork() : null;
    private readonly MemoryMediaNetwork? _mediaNetwork = options.Transport == MeetingTransport.Memory ? new MemoryMediaNetwork() : null;
    private readonly DevelopmentCertificate? _certificate = options.Transport == MeetingTransport.Tls ? DevelopmentCertificate.Create("contoso.test") : null;
    private UcServer? _server;
    private IReadOnlyList<AudioFigure> _figures = [];

    private Attendee Alice => _people[0];

    private Attendee Bob => _people[1];

    private IEnumerable<Attendee> Guests => _people.Skip(1);

    public async Task<MeetingResult> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await HoldAsync(MeetingStage.StartServer, StartServerAsync, cancellationToken);
            await HoldAsync(MeetingStage.SignIn, SignInAsync, cancellationToken);
            await HoldAsync(MeetingStage.CreateConference, token => Alice.MeetAsync("Release", token), cancellationToken);
            await HoldAsync(MeetingStage.Invite, InviteAsync, cancellationToken);
            await HoldAsync(MeetingStage.JoinFocus, token => Task.WhenAll(Guests.Select(guest => guest.InFocus)).WaitAsync(token), cancellationToken);
            await HoldAsync(MeetingStage.JoinAudio, token => Task.WhenAll(Guests.Select(guest => guest.Joined)).WaitAsync(token), cancellationToken);
            await HoldAsync(MeetingStage.Speak, SpeakAsync, cancellationToken);
            await HoldAsync(MeetingStage.Leave, LeaveAsync, cancellationToken);
            return Result(null);
        }
        catch (StageFailedException failure)
        {
            return Result(failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people)
        {
            await person.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _network?.Dispose();
        _mediaNetwork?.Dispose();
        _certificate?.Dispose();
    }

    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        var names = Enumerable.Range(0, options.Participants).Select(index => index < FirstNames.Length ? FirstNames[index] : $"guest{index + 1}").ToArray();
        _server = new UcServer(new UcServerOptions
        {
            Users = [.. names.Select(name => new UcServerUser(name))],
            Listen = _network is null ? [new SipTransportAddress(options.Transport.ToString().ToUpperInvariant(), "127.0.0.1", 0)] : [],
            Certificate = _certificate?.Certificate,
            Network = _network,
            JitterDepth = JitterDepth,
            MediaNetwork = MediaHost(0),
            Trace = Trace(options.Verbose ? new TextTrace(options.Json ? Console.Error : Console.Out) { ShowBodies = true } : null),
        });
        await _server.StartAsync(cancellationToken);
        Directory.CreateDirectory(options.RecordDirectory);
        foreach (var (name, index) in names.Select((name, index) => (name, index)))
        {
            var clientOptions = new LyncClientOptions
            {
                Server = _server.ListenAddresses[0],
                Tls = new TlsTransportOptions { TrustedRoots = _certificate is null ? null : [_certificate.Authority] },
                TransportFactory = _network is null ? null : () => _network.CreateTransport(name),
                MediaNetwork = MediaHost(index + 1),
                JitterDepth = JitterDepth,
            };
            _people.Add(new Attendee(name, _server.AddressOf(name), clientOptions, options.RecordDirectory, report));
        }
    }

    private ISipTraceSink? Trace(TextTrace? text) => options.Seeing is { } seeing ? seeing.With(text) : text;

    private Task SignInAsync(CancellationToken cancellationToken) => Task.WhenAll(_people.Select(person => person.SignInAsync(cancellationToken)));

    private Task InviteAsync(CancellationToken cancellationToken) => Task.WhenAll(Guests.Select(guest => Alice.InviteAsync(guest, cancellationToken)));

    private async Task SpeakAsync(CancellationToken cancellationToken)
    {
        var first = await Speech.ReadAsync(options.SpeechFile, cancellationToken);
        var second = await Speech.ReadAsync(Speech.Shipped("bob.wav"), cancellationToken);
        await Alice.SayAsync(first, cancellationToken);
        await Task.Delay(OnTheWay, cancellationToken);
        await Bob.SayAsync(second, cancellationToken);
        await Task.Delay(OnTheWay, cancellationToken);
        foreach (var person in _people)
        {
            await person.StopRecordingAsync(cancellationToken);
        }

        _figures = await AudioProof.MeasureAsync(_people, [(Alice, first), (Bob, second)], cancellationToken);
        if (_figures.FirstOrDefault(figure => !figure.Holds) is { } wrong)
        {
            throw new InvalidOperationException(Describe.Figure(wrong));
        }
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        foreach (var guest in Guests)
        {
            await guest.LeaveAsync(cancellationToken);
        }

        await Alice.EndMeetingAsync(cancellationToken);
        var left = await _server!.GetCountsAsync(cancellationToken);
        if (left is not { Bindings: 0, Conferences: 0, FocusDialogs: 0, RosterSubscriptions: 0, MediaLegs: 0, Mixers: 0, Work: 0 })
        {
            throw new InvalidOperationException($"The server still holds {left}.");
        }
    }

    // Runs a stage; whatever goes wrong in it names the stage.
    private async Task HoldAsync(MeetingStage stage, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        report.Begin(stage);
        var start = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StageLimit);
        try
        {
            await run(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StageFailedException(stage, $"it took longer than {StageLimit.TotalSeconds} s");
        }
        catch (Exception failure)
        {
            throw new StageFailedException(stage, failure.Message, failure);
        }

        _stages[stage] = Stopwatch.GetElapsedTime(start);
        report.End(stage, _stages[stage]);
    }

    private IMediaNetwork? MediaHost(int index) => _mediaNetwork?.GetHost(new IPAddress([10, 0, 0, (byte)(index + 1)]));

    private MeetingResult Result(StageFailedException? failure) => new()
    {
        Failure = failure,
        Server = _server?.ListenAddresses is [var address, ..] ? address.ToString() : "",
        ConferenceUri = _people.FirstOrDefault()?.Conversation?.ConferenceSession?.ConferenceUri ?? "",
        Stages = _stages,
        Participants = [.. _people.Select(person => person.Result)],
        Audio = _figures,
        Ladder = _people.Count > 1 ? Bob.DrawLadder() : "",
        RecordDirectory = options.RecordDirectory,
    };
}
