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
    IReadOnlyList<SipAuthenticationScheme> Auth,
    IReadOnlyList<DigestAlgorithm> Digest,
    TimeSpan RegistrationExpires,
    bool Trace)
{
    /// <summary>The file in which users' lists are kept; null for none.</summary>
    public string? Store { get; init; }

    /// <summary>Where web services listen; null for nowhere.</summary>
    public Uri? Web { get; init; }

    /// <summary>The distribution groups of the directory.</summary>
    public IReadOnlyList<LabGroup> Groups { get; init; } = [];

    /// <summary>Whether commands are taken from standard input.</summary>
    public bool Control { get; init; }

    /// <summary>Where else SIP is shown.</summary>
    public Seeing? Seeing { get; init; }

    public bool UsesTls => Listen.Any(address => address.Transport == "TLS") || Web?.Scheme == Uri.UriSchemeHttps;
}
