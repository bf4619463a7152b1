using System.Net;
using UcSdk.Sip;

namespace UcSdk.Tests.Discovery;

/// <summary>A DNS that says what the test has written down, and keeps what it was asked.</summary>
internal sealed class ScriptedDns : IDnsResolver
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private readonly List<DnsRecord> _records = [];

    public List<string> Asked { get; } = [];

    /// <summary>What every question gets instead of an answer; null for the records.</summary>
    public DnsStatus? Trouble { get; set; }

    /// <summary>Names whose questions are never answered, whatever the token says.</summary>
    public HashSet<string> Silent { get; } = [];

    public ScriptedDns Srv(string name, int priority, int port, string target, int weight = 0)
    {
        _records.Add(new DnsRecord.Service(name, Life, priority, weight, port, target));
        return this;
    }

    public ScriptedDns Host(string name, string address = "192.0.2.1")
    {
        _records.Add(new DnsRecord.Address(name, Life, IPAddress.Parse(address)));
        return this;
    }

    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        Asked.Add($"{type.ToString().ToUpperInvariant()} {name}");
        if (Silent.Contains(name))
        {
            return new TaskCompletionSource<DnsAnswer>().Task;
        }

        DnsRecord[] found = Trouble is null ? [.. _records.Where(record => record.Name == name && Is(record, type))] : [];
        return Task.FromResult(new DnsAnswer(Trouble ?? (found.Length > 0 ? DnsStatus.NoError : DnsStatus.NameError), found));
    }

    private static bool Is(DnsRecord record, DnsRecordType type) => record switch
    {
        DnsRecord.Address address => type == (address.Value.GetAddressBytes().Length == 4 ? DnsRecordType.A : DnsRecordType.Aaaa),
        DnsRecord.Service => type == DnsRecordType.Srv,
        _ => false,
    };
}
