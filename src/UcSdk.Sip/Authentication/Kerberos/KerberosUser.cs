using System.Net;
using System.Text;

namespace UcSdk.Sip;

/// <summary>A user as the platform's Kerberos wants to be told of one.</summary>
/// <param name="Name">Without the realm.</param>
/// <param name="Realm">In capitals, as realms are written (RFC 4120 §6.1); empty for the platform's default.</param>
internal sealed record KerberosUser(string Name, string Realm)
{
    /// <summary>Reads <c>user</c>, <c>user@domain</c> or <c>DOMAIN\user</c>. MIT Kerberos takes the last for a realm; Windows knows short names too.</summary>
    public static KerberosUser Parse(string text)
    {
        var at = text.LastIndexOf('@');
        if (at >= 0)
        {
            return new(text[..at], text[(at + 1)..].ToUpperInvariant());
        }

        var slash = text.IndexOf('\\', StringComparison.Ordinal);
        return slash < 0 ? new(text, "") : new(text[(slash + 1)..], text[..slash].ToUpperInvariant());
    }

    /// <summary>.NET takes passwords as strings, which cannot be cleared: this one lives until the collector finds it.</summary>
    public NetworkCredential WithPassword(ReadOnlySpan<byte> password) => new(Name, Encoding.UTF8.GetString(password), Realm);

    /// <summary>A user's name is not for logs.</summary>
    public override string ToString() => "Kerberos user";
}
