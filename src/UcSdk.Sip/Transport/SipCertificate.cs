using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace UcSdk.Sip;

/// <summary>Who a certificate says that its holder is, in SIP (RFC 5922 §7).</summary>
public static class SipCertificate
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string CommonName = "2.5.4.3";

    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UniformResourceIdentifier = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag IpAddress = new(TagClass.ContextSpecific, 7);

    /// <summary>
    /// The domains that the certificate is for (§7.1): the hosts of <c>sip:</c> URIs without a user, DNS names, and addresses among the subject's
    /// alternative names; the common name only where there are no alternative names at all.
    /// </summary>
    public static IReadOnlyList<string> GetIdentities(X509Certificate2 certificate)
    {
        var names = new List<string>();
        var extension = certificate.Extensions[SubjectAlternativeName];
        if (extension is null)
        {
            ReadCommonName(certificate, names);
        }
        else
        {
            try
            {
                ReadAlternativeNames(extension.RawData, names);
            }
            catch (AsnContentException)
            {
                // A certificate whose names cannot be read is for nobody.
                names.Clear();
            }
        }

        return names;
    }

    /// <summary>True when the certificate is for that domain: compared whole and without regard to case; wildcards match nothing (§7.2).</summary>
    public static bool IsFor(X509Certificate2 certificate, string domain)
    {
        var wanted = Normalize(domain);
        return GetIdentities(certificate).Any(name => Normalize(name).Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The SHA-256 digest of the certificate's SubjectPublicKeyInfo in base64: what <see cref="TlsTransportOptions.PinnedKeys"/> holds.</summary>
    public static string GetKeyPin(X509Certificate2 certificate) => Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    private static string Normalize(string name)
    {
        var bare = name.Trim('[', ']').TrimEnd('.');
        return IPAddress.TryParse(bare, out var address) ? address.ToString() : bare;
    }

    private static void ReadAlternativeNames(byte[] encoded, List<string> names)
    {
        var sequence = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var tag = sequence.PeekTag();
            if (tag == DnsName)
            {
                names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
            }
            else if (tag == UniformResourceIdentifier)
            {
                // §7.1: a user part makes it a person's certificate, not a domain's.
                if (SipUri.TryParse(sequence.ReadCharacterString(UniversalTagNumber.IA5String, UniformResourceIdentifier), out var uri)
                    && uri is { Scheme: "sip", User: "" })
                {
                    names.Add(uri.Host);
                }
            }
            else if (tag == IpAddress && sequence.ReadOctetString(IpAddress) is { Length: 4 or 16 } address)
            {
                names.Add(new IPAddress(address).ToString());
            }
            else if (tag != IpAddress)
            {
                sequence.ReadEncodedValue();
            }
        }
    }

    private static void ReadCommonName(X509Certificate2 certificate, List<string> names)
    {
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (!part.HasMultipleElements && part.GetSingleElementType().Value == CommonName && part.GetSingleElementValue() is { } name)
            {
                names.Add(name);
            }
        }
    }
}
