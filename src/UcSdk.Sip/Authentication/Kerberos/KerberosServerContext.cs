using System.Buffers;
using System.Net.Security;

namespace UcSdk.Sip;

/// <summary>
/// The server's side of Kerberos ([MS-SIPAE] §3.3, RFC 4121) through the platform. On Linux the key of <c>sip/SERVER</c> comes from the keytab that
/// <c>KRB5_KTNAME</c> names (default <c>/etc/krb5.keytab</c>), on Windows from the account of the process. The platform sees to the ticket's
/// time, the clock's skew (5 minutes) and replayed tickets.
/// </summary>
internal sealed class KerberosServerContext : ISecurityContext
{
    /// <summary>The longest token that is looked at; a ticket that names a thousand groups has 48,000 bytes.</summary>
    public const int MaxTokenBytes = 65_535;

    private NegotiateAuthentication? _platform;
    private bool _isOver;

    /// <summary>Nobody else is asked: keytab and replay cache are files of this machine.</summary>
    public bool MayBlock => false;

    public bool IsEstablished { get; private set; }

    /// <summary>The platform does not tell when a ticket ends; <see cref="AssociationServerOptions.Lifetime"/> does instead.</summary>
    public DateTimeOffset? Expires => null;

    /// <summary><c>user@REALM</c>; on Windows <c>DOMAIN\user</c>.</summary>
    public string? Peer { get; private set; }

    public SecurityContextStep Advance(ReadOnlyMemory<byte> token)
    {
        if (_isOver || IsEstablished)
        {
            return SecurityContextStep.Refuse("the handshake is over");
        }

        // The platform would take other mechanisms too, where it has them.
        if (token.Length > MaxTokenBytes || !KerberosText.IsToken(token.Span))
        {
            return Refuse("the token is no Kerberos token");
        }

        try
        {
            _platform ??= new(new NegotiateAuthenticationServerOptions
            {
                Package = KerberosText.Package,
                RequiredProtectionLevel = ProtectionLevel.Sign,
            });
            var answer = _platform.GetOutgoingBlob(token.Span, out var status);
            if (status != NegotiateAuthenticationStatusCode.Completed)
            {
                return Refuse(KerberosText.NotAccepted(status));
            }

            if (!_platform.IsSigned)
            {
                return Refuse("the client's Kerberos does not sign");
            }

            Peer = _platform.RemoteIdentity.Name;
            IsEstablished = true;
            return new(SecurityContextStatus.Established, answer is { Length: > 0 } ? answer : null);
        }
        catch (Exception failure) when (KerberosText.IsMissingPlatform(failure))
        {
            return Refuse(KerberosText.MissingPlatform);
        }
    }

    public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature) => Keys.ComputeIntegrityCheck(text, signature);

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Keys.VerifyIntegrityCheck(text, signature);

    public void Dispose()
    {
        _platform?.Dispose();
        IsEstablished = false;
        _isOver = true;
    }

    private NegotiateAuthentication Keys =>
        IsEstablished ? _platform! : throw new InvalidOperationException("Kerberos signs and verifies once its context is established.");

    private SecurityContextStep Refuse(string why)
    {
        _isOver = true;
        return SecurityContextStep.Refuse(why);
    }
}
