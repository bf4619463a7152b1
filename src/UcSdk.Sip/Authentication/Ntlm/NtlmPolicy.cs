namespace UcSdk.Sip;

/// <summary>Which strength is demanded of a peer, and what is negotiated.</summary>
/// <param name="offered">What a server offers.</param>
/// <param name="needed">What neither side may give up.</param>
/// <param name="wanted">What a challenge must offer beside that.</param>
internal sealed class NtlmPolicy(NtlmFlags offered, NtlmFlags needed, NtlmFlags wanted)
{
    // What the servers of this family offer; OCS 2007 R2 and Lync Server 2013 alike.
    private const NtlmFlags FamilyOffer = (NtlmFlags)0xE29882F3;

    private const NtlmFlags Known = NtlmFlags.Unicode | NtlmFlags.Sign | NtlmFlags.Datagram | NtlmFlags.Ntlm | NtlmFlags.KeyExchange | NtlmFlags.ExtendedSessionSecurity
        | NtlmFlags.AlwaysSign | NtlmFlags.Identify | NtlmFlags.TargetInfo | NtlmFlags.Version | NtlmFlags.Key128 | NtlmFlags.Key56;

    /// <summary>SIP: what its signatures stand on. The connectionless form demands key exchange ([MS-NLMP] §3.2.5.2.1).</summary>
    public static readonly NtlmPolicy Connectionless = new(
        FamilyOffer,
        NtlmFlags.Unicode | NtlmFlags.Sign | NtlmFlags.Datagram | NtlmFlags.Ntlm | NtlmFlags.KeyExchange | NtlmFlags.ExtendedSessionSecurity,
        NtlmFlags.AlwaysSign | NtlmFlags.Identify | NtlmFlags.TargetInfo);

    /// <summary>HTTP (RFC 4559, [MS-NTHT]): the client begins, nothing is signed, and only the password is proven; by NTLMv2 all the same, which needs the target info.</summary>
    public static readonly NtlmPolicy Connection = new(
        // .NET takes no challenge that does not name its target.
        (FamilyOffer & ~(NtlmFlags.Datagram | NtlmFlags.LmKey)) | NtlmFlags.RequestTarget | NtlmFlags.TargetTypeDomain,
        NtlmFlags.Unicode | NtlmFlags.Ntlm | NtlmFlags.ExtendedSessionSecurity,
        NtlmFlags.TargetInfo)
    {
        ClientBegins = true,
    };

    /// <summary>Whether the client's first token is a NEGOTIATE message; default no: it is empty.</summary>
    public bool ClientBegins { get; private init; }

    /// <summary>What a server offers.</summary>
    public NtlmFlags Offered => offered;

    /// <summary>What a client asks for in its NEGOTIATE message.</summary>
    public NtlmFlags Requested => (offered & Known) | NtlmFlags.RequestTarget;

    /// <summary>What a challenge lacks; none when it will do.</summary>
    public NtlmFlags MissingIn(NtlmFlags challenge) => (needed | wanted) & ~challenge;

    /// <summary>What a client's answer has given up; none when it will do.</summary>
    public NtlmFlags GivenUpIn(NtlmFlags authenticate) => needed & ~authenticate;

    /// <summary>What a client answers: of the offer all that it knows, and of two key lengths the longer one.</summary>
    public NtlmFlags Choose(NtlmFlags challenge)
    {
        var flags = (challenge & Known) | NtlmFlags.RequestTarget;
        return flags.HasFlag(NtlmFlags.Key128) ? flags & ~NtlmFlags.Key56 : flags;
    }
}
