using Samples;
using UcSdk.Sip;

namespace Lab;

/// <summary>What the command line asked for.</summary>
internal sealed record LabOptions(
    IReadOnlyList<SipTransportAddress> Listen,
    string? TlsCertificate,
    string? WriteCa,
    string Domain,
    IReadOnlyList<LabUser> Users,
    IReadOnlyList<AuthenticationScheme> Auth,
    IReadOnlyList<DigestAlgorithm> Digest,
    bool Trace)
{
    /// <summary>Where else SIP is shown.</summary>
    public Seeing? Seeing { get; init; }

    public bool UsesTls => Listen.Any(address => address.Transport == "TLS");
}
