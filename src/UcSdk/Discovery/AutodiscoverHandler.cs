using System.Net;
using System.Security.Cryptography.X509Certificates;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Makes the HTTP handler of the discovery: it follows nothing, knows no credentials, and trusts the roots that SIP over TLS trusts.</summary>
internal static class AutodiscoverHandler
{
    private const int MaxHeaderKilobytes = 16;

    public static SocketsHttpHandler Create(TlsTransportOptions tls, TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            Credentials = null,
            DefaultProxyCredentials = null,
            PreAuthenticate = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = connectTimeout,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
        };
        handler.SslOptions.CertificateRevocationCheckMode = tls.Revocation;
        if (tls.TrustedRoots is { } roots)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = tls.Revocation };
            policy.CustomTrustStore.AddRange(roots);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }
}
