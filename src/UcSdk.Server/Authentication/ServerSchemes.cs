using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The schemes with signatures that a server's options ask for, in their order.</summary>
internal static class ServerSchemes
{
    public const string Ntlm = "NTLM";
    public const string Kerberos = KerberosText.Package;

    /// <summary>What is offered.</summary>
    /// <param name="options">The options.</param>
    /// <param name="host">The server's name.</param>
    /// <param name="users">Whose NTLM answers are right.</param>
    /// <param name="random">Gives challenges.</param>
    /// <param name="clock">The time of day.</param>
    public static IReadOnlyList<AssociationOffer> Offer(
        ServerAuthenticationOptions options, string host, INtlmUserStore users, RandomSource random, Func<DateTimeOffset> clock)
    {
        var names = NamesOf(options, host);
        var offers = new List<AssociationOffer>();
        foreach (var scheme in options.Schemes)
        {
            if (scheme == SipAuthenticationScheme.Ntlm)
            {
                offers.Add(new(Ntlm, host, () => new NtlmServerContext(names, users, random, clock)));
            }
            else if (scheme == SipAuthenticationScheme.Kerberos)
            {
                offers.Add(new(Kerberos, "sip/" + host, static () => new KerberosServerContext()));
            }
        }

        return offers;
    }

    /// <summary>What the server is called in NTLM's challenges.</summary>
    public static NtlmServerNames NamesOf(ServerAuthenticationOptions options, string host)
    {
        var names = NtlmServerNames.Of(host);
        return options.NetBiosDomain is { } domain ? names with { Domain = domain } : names;
    }

    /// <summary>The name of a scheme in challenges.</summary>
    public static string NameOf(SipAuthenticationScheme scheme) => scheme switch
    {
        SipAuthenticationScheme.Ntlm => Ntlm,
        SipAuthenticationScheme.Kerberos => Kerberos,
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };
}
