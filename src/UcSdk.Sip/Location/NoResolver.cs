namespace UcSdk.Sip;

/// <summary>The DNS of an endpoint that has none: no name is known, so only addresses lead anywhere.</summary>
internal sealed class NoResolver : IDnsResolver
{
    public static readonly NoResolver Instance = new();

    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken) =>
        Task.FromResult(DnsAnswer.Of(DnsStatus.NameError));
}
