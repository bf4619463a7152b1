using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using UcSdk.Server;

namespace Lab;

/// <summary>What the Lab shows to those who connect by TLS: a certificate from a file, or a new one.</summary>
internal sealed class LabCertificate : IDisposable
{
    private readonly DevelopmentCertificate? _generated;

    private LabCertificate(X509Certificate2 certificate, DevelopmentCertificate? generated)
    {
        Certificate = certificate;
        _generated = generated;
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Says why a file cannot be used; null when it can.</summary>
    public static string? Refuse(string file)
    {
        try
        {
            using var certificate = Load(file);
            return certificate.HasPrivateKey ? null : "it has no private key.";
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }

    /// <summary>The certificate that the options want; null when nothing listens by TLS.</summary>
    /// <exception cref="IOException">The authority's certificate cannot be written.</exception>
    public static async Task<LabCertificate?> CreateAsync(LabOptions options, CancellationToken cancellationToken)
    {
        if (!options.UsesTls)
        {
            return null;
        }

        if (options.TlsCertificate is { } file)
        {
            return new(Load(file), null);
        }

        var generated = DevelopmentCertificate.Create(options.Domain, options.Listen.Select(address => address.Host).Concat(options.Web is { } web ? [web.DnsSafeHost] : []));
        if (options.WriteCa is { } target)
        {
            await File.WriteAllTextAsync(target, generated.Authority.ExportCertificatePem() + "\n", cancellationToken);
        }

        return new(generated.Certificate, generated);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _generated?.Dispose();
    }

    private static X509Certificate2 Load(string file)
    {
        if (X509Certificate2.GetCertContentType(file) == X509ContentType.Pkcs12)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, null);
        }

        using var pem = X509Certificate2.CreateFromPemFile(file);
        // Through PKCS#12, so that TLS can use the key on every platform.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
