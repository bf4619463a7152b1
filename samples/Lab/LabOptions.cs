using UcSdk.Sip;

namespace Lab;

/// <summary>What the command line asked for.</summary>
internal sealed record LabOptions(
    IReadOnlyList<SipTransportAddress> Listen,
    string? TlsCertificate,
    string? WriteCa,
    string Domain,
    IReadOnlyList<LabUser> Users,
    IReadOnlyList<DigestAlgorithm> Digest,
    bool Trace)
{
    public bool UsesTls => Listen.Any(address => address.Transport == "TLS");
}
