using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using UcSdk.Core;

namespace UcSdk.Server;

/// <summary>
/// A certificate for a server under test, and the authority that issued it and can issue no other: its key is forgotten at once. Clients trust
/// the authority and check the server as they would any. Dispose it when the server is gone.
/// </summary>
public sealed class DevelopmentCertificate : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int SerialNumberBytes = 16;

    private static readonly TimeSpan Past = TimeSpan.FromDays(1);
    private static readonly TimeSpan Future = TimeSpan.FromDays(30);

    private DevelopmentCertificate(X509Certificate2 authority, X509Certificate2 certificate)
    {
        Authority = authority;
        Certificate = certificate;
    }

    /// <summary>What clients are to trust, without its key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>What the server shows, with its private key (ECDSA P-256).</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>
    /// Makes a certificate for a SIP domain as RFC 5922 §7.1 wants it: for the URI <c>sip:domain</c> and the names domain, <c>sip.</c>domain and
    /// <c>localhost</c>, the loopback addresses, and further hosts; good from yesterday on for a month.
    /// </summary>
    /// <param name="domain">The SIP domain, e.g. <c>contoso.test</c>.</param>
    /// <param name="hosts">Further names and addresses under which the server is reached.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ArgumentException">The domain is empty.</exception>
    public static DevelopmentCertificate Create(string domain, IEnumerable<string>? hosts = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(domain);
#pragma warning disable RS0030 // A parameter's default may name the system clock.
        var now = (time ?? TimeProvider.System).GetUtcNow();
#pragma warning restore RS0030
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = CreateAuthority(domain, authorityKey, now);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={domain}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(NamesOf(domain, hosts ?? []));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        using var issued = request.Create(authority, now - Past, now + Future, NewSerialNumber());
        using var withKey = issued.CopyWithPrivateKey(key);
        // Through PKCS#12, so that TLS can use the key on every platform.
        return new(X509CertificateLoader.LoadCertificate(authority.RawData), X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null));
    }

    /// <summary>Lets go of both certificates and of the private key.</summary>
    public void Dispose()
    {
        Authority.Dispose();
        Certificate.Dispose();
    }

    private static byte[] NewSerialNumber()
    {
        var number = new byte[SerialNumberBytes];
        SystemRandomSource.Instance.Fill(number);
        return number;
    }

    private static X509Certificate2 CreateAuthority(string domain, ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest($"CN=UcSdk development authority for {domain}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now - Past, now + Future);
    }

    private static X509Extension NamesOf(string domain, IEnumerable<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri($"sip:{domain}"));
        foreach (var host in new[] { domain, "sip." + domain, "localhost", "127.0.0.1", "::1" }.Concat(hosts).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names.Build();
    }
}
