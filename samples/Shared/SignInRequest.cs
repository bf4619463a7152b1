using System.Security.Cryptography.X509Certificates;
using UcSdk;
using UcSdk.Sip;

namespace Samples;

/// <summary>Who is to be signed in, and how. Holds the password and clears it with its disposal.</summary>
internal sealed class SignInRequest : IDisposable
{
    /// <summary>The address, <c>sip:user@domain</c>.</summary>
    public required string Uri { get; init; }

    /// <summary>The password; null where none was given.</summary>
    public SipPassword? Password { get; init; }

    /// <summary>The name that goes with it; null for the user of the address.</summary>
    public string? UserName { get; init; }

    /// <summary>The server; null for the one that the domain names.</summary>
    public SipTransportAddress? Server { get; init; }

    /// <summary>Whom TLS trusts; null for the system's roots.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Whether a program reads the output.</summary>
    public bool Json { get; init; }

    /// <summary>The options of a client that does it. It must be gone before this is.</summary>
    public LyncClientOptions CreateClientOptions(Seeing seeing) => new()
    {
        Server = Server,
        Password = Password,
        UserName = UserName,
        Tls = new TlsTransportOptions { TrustedRoots = Authorities },
        Trace = seeing.With(null),
    };

    public void Dispose()
    {
        Password?.Dispose();
        foreach (var authority in Authorities ?? [])
        {
            authority.Dispose();
        }
    }
}
