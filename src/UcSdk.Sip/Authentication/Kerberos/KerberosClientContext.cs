using System.Buffers;
using System.Net.Security;
using System.Security.Cryptography;

namespace UcSdk.Sip;

/// <summary>
/// The client's side of Kerberos ([MS-SIPAE] §3.2, RFC 4121) through the platform: MIT's GSS-API on Linux, SSPI on Windows. One token, the AP-REQ, and the
/// keys are there, without mutual authentication: that the server has them too, its first signature shows. With a password the KDC is asked twice, for the
/// user's ticket and for the server's; without one the ticket cache is used, and the KDC only for what is not in it.
/// </summary>
internal sealed class KerberosClientContext : ISecurityContext
{
    private readonly string _target;
    private readonly KerberosUser? _user;
    private byte[] _password = [];
    private NegotiateAuthentication? _platform;

    /// <summary>Begins; the platform is asked in the first step.</summary>
    /// <param name="credentials">Whose ticket it shall be; the password is copied, and cleared with the first step.</param>
    /// <param name="target">The server's <c>targetname</c>, <c>sip/</c> and its name, as the KDC knows it.</param>
    public KerberosClientContext(SipCredentials credentials, string target)
    {
        _target = target;
        if (!credentials.UsesTicketCache)
        {
            _user = KerberosUser.Parse(credentials.UserName);
            _password = credentials.Password.Bytes.ToArray();
        }
    }

    public bool MayBlock => true;

    public bool IsEstablished { get; private set; }

    /// <summary>
    /// The platform does not tell when a ticket ends; <see cref="SipEndpointOptions.AssociationLifetime"/> does instead. A server that finds its end has come says so with a challenge.
    /// </summary>
    public DateTimeOffset? Expires => null;

    public string? Peer => null;

    public SecurityContextStep Advance(ReadOnlyMemory<byte> token)
    {
        if (IsEstablished || (_platform is null && !token.IsEmpty))
        {
            return SecurityContextStep.Refuse("the server sent a token where Kerberos has none");
        }

        var isFirst = _platform is null;
        if (isFirst && !TryBegin(out var why))
        {
            return SecurityContextStep.Refuse(why);
        }

        var answer = _platform!.GetOutgoingBlob(token.Span, out var status);
        switch (status)
        {
            case NegotiateAuthenticationStatusCode.Completed when _platform.IsSigned:
                IsEstablished = true;
                return new(SecurityContextStatus.Established, answer);
            case NegotiateAuthenticationStatusCode.Completed:
                return SecurityContextStep.Refuse("the platform's Kerberos does not sign");
            case NegotiateAuthenticationStatusCode.ContinueNeeded when isFirst:
                // A platform that insists on mutual authentication: the server's AP-REP comes with its next challenge.
                return new(SecurityContextStatus.Continue, answer);
            default:
                return SecurityContextStep.Refuse(KerberosText.WithoutTicket(status, _user is not null));
        }
    }

    public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature) => Keys.ComputeIntegrityCheck(text, signature);

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Keys.VerifyIntegrityCheck(text, signature);

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_password);
        _platform?.Dispose();
        IsEstablished = false;
    }

    private NegotiateAuthentication Keys =>
        IsEstablished ? _platform! : throw new InvalidOperationException("Kerberos signs and verifies once its context is established.");

    private bool TryBegin(out string why)
    {
        try
        {
            // Asked for a blank name or password, .NET takes the ticket cache instead: somebody else's, as like as not.
            if (_user is not null && (_user.Name.Length == 0 || IsBlank(_password)))
            {
                why = "Kerberos needs a user name and a password that are not blank, or the ticket cache";
                return false;
            }

            if (!KerberosText.HasRealm(Environment.GetEnvironmentVariable("KRB5_CONFIG"), File.Exists))
            {
                why = KerberosText.WithoutRealm;
                return false;
            }

            _platform = new(new NegotiateAuthenticationClientOptions
            {
                Package = KerberosText.Package,
                TargetName = _target,
                Credential = _user is null ? System.Net.CredentialCache.DefaultNetworkCredentials : _user.WithPassword(_password),
                RequiredProtectionLevel = ProtectionLevel.Sign,
                RequireMutualAuthentication = false,
            });
            why = "";
            return true;
        }
        catch (Exception failure) when (KerberosText.IsMissingPlatform(failure))
        {
            why = KerberosText.MissingPlatform;
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(_password);
            _password = [];
        }
    }

    private static bool IsBlank(byte[] password) => string.IsNullOrWhiteSpace(System.Text.Encoding.UTF8.GetString(password));
}
