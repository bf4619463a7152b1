namespace UcSdk.Sip;

/// <summary>Asks the DNS. Failures are answers (<see cref="DnsAnswer.Status"/>), not exceptions.</summary>
public interface IDnsResolver
{
    /// <summary>Asks for one kind of records of a name; aliases (CNAME) are followed.</summary>
    /// <param name="name">A domain name with or without the last dot, at most 253 characters.</param>
    /// <param name="type">The kind.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken);
}
