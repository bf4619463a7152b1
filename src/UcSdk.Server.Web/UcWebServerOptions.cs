using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace UcSdk.Server.Web;

/// <summary>Where web services listen, and how they behave. Checked when the web server is made.</summary>
public sealed record UcWebServerOptions
{
    /// <summary>
    /// The URL to listen at: <c>https://127.0.0.1:8443</c>, or <c>http</c> at a loopback address, since tickets are as good as passwords. Its host is an IP address; port 0 takes any free one.
    /// Default <c>http://127.0.0.1:0</c>.
    /// </summary>
    public Uri Listen { get; init; } = new("http://127.0.0.1:0");

    /// <summary>The host by which clients are told to come; null, the default, for that of <see cref="Listen"/>.</summary>
    public string? PublicHost { get; init; }

    /// <summary>What is shown to those who come by https, with its private key; default null. A <see cref="DevelopmentCertificate"/> does for tests.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>How the services behave.</summary>
    public UcWebOptions Services { get; init; } = new();

    internal IPEndPoint EndPoint => new(IPAddress.Parse(Listen.DnsSafeHost), Listen.Port);

    internal bool IsSecure => Listen.Scheme == Uri.UriSchemeHttps;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Listen);
        ArgumentNullException.ThrowIfNull(Services);
        Services.Validate();
        if (!Listen.IsAbsoluteUri || Listen.Scheme is not ("http" or "https") || !IPAddress.TryParse(Listen.DnsSafeHost, out var address))
        {
            throw new ArgumentException("The web server listens at http:// or https:// and an IP address.", nameof(Listen));
        }

        if (!IsSecure && !IPAddress.IsLoopback(address))
        {
            throw new ArgumentException("Without TLS the web server listens at a loopback address only.", nameof(Listen));
        }

        if (IsSecure && Certificate is not { HasPrivateKey: true })
        {
            throw new ArgumentException("To listen by https the web server needs a certificate with its private key.", nameof(Certificate));
        }

        if (PublicHost is not null && Uri.CheckHostName(PublicHost) == UriHostNameType.Unknown)
        {
            throw new ArgumentException($"'{PublicHost}' is no host.", nameof(PublicHost));
        }
    }
}
