using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// A stub resolver (RFC 1034 §5.3.1): it asks recursive servers over UDP, over TCP where the answer does not fit, each question from a port and
/// with an identifier of its own (RFC 5452), and keeps answers for their time to live. .NET itself resolves addresses only.
/// </summary>
public sealed class DnsResolver : IDnsResolver
{
    private const int MaxAliases = 8;

    private readonly DnsResolverOptions _options;
    private readonly SerialLoop _loop;
    private readonly RandomSource _random;
    private readonly DnsCache _cache;
    private readonly IReadOnlyList<IPEndPoint> _servers;

    /// <summary>A resolver with the given options; null for the defaults.</summary>
    public DnsResolver(DnsResolverOptions? options = null)
        : this(options ?? new(), new SerialLoop(LoopRuntime.OnThreadPool((options ?? new()).Time).Scheduler), SystemRandomSource.Instance)
    {
    }

    internal DnsResolver(DnsResolverOptions options, SerialLoop loop, RandomSource random)
    {
        _options = options;
        _loop = loop;
        _random = random;
        _cache = new(options);
        _servers = options.Servers.Count > 0 ? options.Servers : SystemServers();
    }

    /// <inheritdoc/>
    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        _loop.InvokeAsync(() => ResolveAsync(name.TrimEnd('.').ToLowerInvariant(), type, cancellationToken));

    // A recursive server follows aliases itself; one that does not is asked again.
    private async Task<DnsAnswer> ResolveAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var asked = name;
        for (var aliases = 0; aliases < MaxAliases; aliases++)
        {
            var answer = await AskOrRecallAsync(asked, type, cancellationToken);
            var end = EndOfAliases(answer, asked);
            if (answer.Status != DnsStatus.NoError || end == asked || answer.Records.Any(record => TypeOf(record) == type && IsOf(record, end)))
            {
                return answer;
            }

            asked = end;
        }

        return DnsAnswer.Of(DnsStatus.ServerFailure);
    }

    private async Task<DnsAnswer> AskOrRecallAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        if (_cache.Find(name, type, _loop.Now) is { } kept)
        {
            return kept;
        }

        var answer = await AskAsync(name, type, cancellationToken);
        _cache.Keep(name, type, answer, _loop.Now);
        return answer;
    }

    private async Task<DnsAnswer> AskAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var last = DnsAnswer.Of(DnsStatus.TimedOut);
        for (var round = 0; round < _options.Rounds; round++)
        {
            foreach (var server in _servers)
            {
                if (!DnsMessage.TryCreateQuery((ushort)_random.Next(ushort.MaxValue + 1), name, type, out var query))
                {
                    return DnsAnswer.Of(DnsStatus.NameError);
                }

                if (await TryAskAsync(server, query, name, type, cancellationToken) is { } message)
                {
                    last = new(message.Status, message.Records);
                    // A server that is in trouble itself says nothing about the name.
                    if (message.Status is DnsStatus.NoError or DnsStatus.NameError)
                    {
                        return last;
                    }
                }
            }
        }

        return last;
    }

    private async Task<DnsMessage?> TryAskAsync(IPEndPoint server, byte[] query, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = new LoopTimer(_loop, giveUp.Cancel);
        timer.SetDeadline(_loop.Now + _options.Timeout);
        try
        {
            var message = await AskByDatagramAsync(server, query, name, type, giveUp.Token);
            return message.IsTruncated ? await AskByStreamAsync(server, query, name, type, giveUp.Token) : message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return null;
        }
    }

    // A connected socket hears the server only; what does not answer this very question is passed over (RFC 5452 §9.1).
    private static async Task<DnsMessage> AskByDatagramAsync(IPEndPoint server, byte[] query, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        await socket.SendAsync(query, cancellationToken);
        var buffer = new byte[ushort.MaxValue];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (DnsMessage.TryParse(buffer.AsSpan(0, length), out var message) && Answers(message, query, name, type))
            {
                return message;
            }
        }
    }

    private static async Task<DnsMessage?> AskByStreamAsync(IPEndPoint server, byte[] query, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync((byte[])[(byte)(query.Length >> 8), (byte)query.Length, .. query], cancellationToken);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var answer = new byte[(length[0] << 8) | length[1]];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return DnsMessage.TryParse(answer, out var message) && Answers(message, query, name, type) ? message : null;
    }

    private static bool Answers(DnsMessage message, byte[] query, string name, DnsRecordType type) =>
        message.Id == ((query[0] << 8) | query[1]) && message.QuestionType == (int)type && message.Question.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string EndOfAliases(DnsAnswer answer, string name)
    {
        for (var steps = 0; steps < MaxAliases; steps++)
        {
            if (answer.Records.OfType<DnsRecord.Alias>().FirstOrDefault(alias => IsOf(alias, name)) is not { } next)
            {
                break;
            }

            name = next.Target.ToLowerInvariant();
        }

        return name;
    }

    private static bool IsOf(DnsRecord record, string name) => record.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static DnsRecordType? TypeOf(DnsRecord record) => record switch
    {
        DnsRecord.Address { Value.AddressFamily: AddressFamily.InterNetwork } => DnsRecordType.A,
        DnsRecord.Address => DnsRecordType.Aaaa,
        DnsRecord.Service => DnsRecordType.Srv,
        DnsRecord.NamingAuthority => DnsRecordType.Naptr,
        _ => null,
    };

    private static IPEndPoint[] SystemServers() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().DnsAddresses)
            .Distinct()
            .Select(address => new IPEndPoint(address, 53)),
    ];
}
