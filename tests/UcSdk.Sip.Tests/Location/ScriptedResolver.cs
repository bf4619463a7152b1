using System.Net;

namespace UcSdk.Sip.Tests;

/// <summary>A DNS that says what the test has written down, and keeps what it was asked.</summary>
internal sealed class ScriptedResolver : IDnsResolver
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly List<DnsRecord> _records = [];

    public List<string> Asked { get; } = [];

    public ScriptedResolver Naptr(string name, int order, int preference, string service, string replacement, string flags = "s") =>
        Add(new DnsRecord.NamingAuthority(name, Life, order, preference, flags, service, "", replacement));

    public ScriptedResolver Srv(string name, int priority, int weight, int port, string target) =>
        Add(new DnsRecord.Service(name, Life, priority, weight, port, target));

    public ScriptedResolver Host(string name, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            Add(new DnsRecord.Address(name, Life, IPAddress.Parse(address)));
        }

        return this;
    }

    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        Asked.Add($"{type.ToString().ToUpperInvariant()} {name}");
        DnsRecord[] found = [.. _records.Where(record => record.Name == name && Is(record, type))];
        return Task.FromResult(new DnsAnswer(found.Length > 0 ? DnsStatus.NoError : DnsStatus.NameError, found));
    }

    private static bool Is(DnsRecord record, DnsRecordType type) => record switch
    {
        DnsRecord.Address address => type == (address.Value.GetAddressBytes().Length == 4 ? DnsRecordType.A : DnsRecordType.Aaaa),
        DnsRecord.Service => type == DnsRecordType.Srv,
        DnsRecord.NamingAuthority => type == DnsRecordType.Naptr,
        _ => false,
    };

    private ScriptedResolver Add(DnsRecord record)
    {
        _records.Add(record);
        return this;
    }
}
