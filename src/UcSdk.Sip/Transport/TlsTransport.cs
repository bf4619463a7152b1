using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// SIP over TLS 1.2 or 1.3 (RFC 3261 §26.2, RFC 5922). A client asks for the domain by name and checks that the server's certificate is for it;
/// sessions are resumed where the platform can. A server may ask its clients for certificates.
/// </summary>
public sealed class TlsTransport : StreamTransport
{
    private readonly TlsTransportOptions _options;

    /// <summary>A transport that reports on the loop of the endpoint that starts it.</summary>
    /// <exception cref="ArgumentException">It is to listen and has no certificate with a private key.</exception>
    public TlsTransport(TlsTransportOptions? options = null)
        : this(options ?? TlsTransportOptions.Default, null)
    {
    }

    internal TlsTransport(TlsTransportOptions options, SerialLoop? loop)
        : base("TLS", options, loop)
    {
        if (options.Listen is not null && options.Certificate is not { HasPrivateKey: true })
        {
            throw new ArgumentException($"To listen on {options.Listen} a certificate with its private key is needed.", nameof(options));
        }

        _options = options;
    }

    private protected override async Task<SecuredStream> SecureAsync(Socket socket, SipTransportAddress? remote, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false);
        try
        {
            await (remote is null
                ? stream.AuthenticateAsServerAsync(ServerOptions(), cancellationToken)
                : stream.AuthenticateAsClientAsync(ClientOptions(remote.Domain ?? remote.Host), cancellationToken));
            return new(stream, stream.RemoteCertificate is { } shown ? X509CertificateLoader.LoadCertificate(shown.GetRawCertData()) : null);
        }
        catch (Exception)
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions ClientOptions(string domain) => new()
    {
        TargetHost = domain.Trim('[', ']'),
        ClientCertificates = _options.Certificate is { } own ? [own] : null,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsGoodServer(certificate as X509Certificate2, domain, errors),
    };

    private SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateSelectionCallback = (_, name) => _options.SelectCertificate?.Invoke(name is { Length: > 0 } ? name : null) ?? _options.Certificate!,
        ClientCertificateRequired = _options.ClientCertificates != ClientCertificateDemand.None,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is null
            ? _options.ClientCertificates != ClientCertificateDemand.Require
            : (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
    };

    // The platform's own idea of names knows wildcards and no SIP URIs; only what it says of the chain counts.
    private bool IsGoodServer(X509Certificate2? certificate, string domain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return false;
        }

        if (_options.DangerouslyAcceptAnyServer)
        {
            return true;
        }

        return _options.PinnedKeys.Count > 0
            ? _options.PinnedKeys.Contains(SipCertificate.GetKeyPin(certificate), StringComparer.Ordinal)
            : (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None && SipCertificate.IsFor(certificate, domain);
    }

    private X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy { RevocationMode = _options.Revocation };
        if (_options.TrustedRoots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }
}
