using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Makes the schemes that an endpoint's options allow, in their order.</summary>
internal static class ClientSchemes
{
    public const string Kerberos = "Kerberos";
    public const string Ntlm = "NTLM";

    public static IReadOnlyList<ISipCredentialScheme> Of(SipEndpointOptions options, RandomSource random) =>
        [.. options.CredentialSchemes, .. options.AuthenticationSchemes.Distinct().Select(scheme => Create(scheme, options, random))];

    private static ISipCredentialScheme Create(SipAuthenticationScheme scheme, SipEndpointOptions options, RandomSource random) => scheme switch
    {
        SipAuthenticationScheme.Kerberos => new AssociationScheme(
            Kerberos, static (credentials, target) => new KerberosClientContext(credentials, target), random, options.TimeProvider)
        {
            TakesTicketCache = true,
            Lifetime = options.AssociationLifetime,
        },
        SipAuthenticationScheme.Ntlm => new AssociationScheme(Ntlm, (credentials, _) => CreateNtlm(credentials, options, random), random, options.TimeProvider)
        {
            Lifetime = options.AssociationLifetime,
        },
        SipAuthenticationScheme.Digest => new DigestScheme(random),
        _ => throw new ArgumentException($"{scheme} is no scheme of authentication.", nameof(options)),
    };

    private static ISecurityContext CreateNtlm(SipCredentials credentials, SipEndpointOptions options, RandomSource random)
    {
        if (credentials.UsesTicketCache && credentials.Password.Bytes.IsEmpty)
        {
            return new UnavailableContext("there is no password");
        }

        var name = NtlmName.Split(credentials.UserName);
        return name.User.Length > 0 && NtlmLimits.Name.Allows(credentials.UserName.Length)
            ? new NtlmClientContext(credentials, random, options.TimeProvider.GetUtcNow)
            : new UnavailableContext("the user's name is empty or too long for it");
    }
}
