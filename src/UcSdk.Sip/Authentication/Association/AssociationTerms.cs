using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// What a challenge fixes for an association ([MS-SIPAE] §3.3.5.1): all of it is in the text of every signature. The texts are kept as they stand between
/// their quotes, escapes and all, since that is how they are signed.
/// </summary>
internal sealed class AssociationTerms
{
    /// <summary>The version of a challenge that names none, which is also the first ([MS-SIPAE] §2.2).</summary>
    public const int FirstVersion = 2;

    /// <summary>The highest version that is known here; a server that has a higher one is answered with this.</summary>
    public const int LastVersion = 4;

    /// <summary>The terms of a challenge.</summary>
    /// <param name="kind">Who challenges: it names the header fields.</param>
    /// <param name="scheme">NTLM, Kerberos or TLS-DSK, as the server writes it.</param>
    /// <param name="realm">The realm, unquoted.</param>
    /// <param name="target">The server's name in <c>targetname</c>, unquoted; with <c>sip/</c> before it in Kerberos.</param>
    /// <param name="version">2–4.</param>
    public AssociationTerms(ChallengeKind kind, string scheme, string realm, string target, int version)
    {
        Kind = kind;
        Scheme = scheme;
        Realm = realm;
        Target = target;
        Version = version;
        SchemeBytes = Encoding.UTF8.GetBytes(scheme);
        RealmBytes = Encoding.UTF8.GetBytes(SipGrammar.Quote(realm)[1..^1]);
        TargetBytes = Encoding.UTF8.GetBytes(SipGrammar.Quote(target)[1..^1]);
    }

    public ChallengeKind Kind { get; }

    public string Scheme { get; }

    public string Realm { get; }

    public string Target { get; }

    public int Version { get; }

    public byte[] SchemeBytes { get; }

    public byte[] RealmBytes { get; }

    public byte[] TargetBytes { get; }
}
