namespace UcSdk.Sip;

/// <summary>Which strength is demanded of a peer, and what is negotiated.</summary>
/// <param name="AllowsChecksumSignatures">
/// Whether a peer may do without extended session security, and sign with <see cref="NtlmChecksumSignature"/>, which anybody on the way can
/// forge. Off; for
/// servers and clients that know nothing better.
/// </param>
internal sealed record NtlmPolicy(bool AllowsChecksumSignatures = false)
{
    /// <summary>What the servers of this family offer; OCS 2007 R2 and Lync Server 2013 alike.</summary>
    public const NtlmFlags Offered = (NtlmFlags)0xE29882F3;

    // What a signature of SIP stands on; the connectionless form demands key exchange ([MS-NLMP] §3.2.5.2.1).
    private const NtlmFlags Base = NtlmFlags.Unicode | NtlmFlags.Sign | NtlmFlags.Datagram | NtlmFlags.Ntlm | NtlmFlags.KeyExchange;

    private const NtlmFlags Known = Base | NtlmFlags.AlwaysSign | NtlmFlags.ExtendedSessionSecurity | NtlmFlags.Identify | NtlmFlags.TargetInfo
        | NtlmFlags.Version | NtlmFlags.Key128 | NtlmFlags.Key56;

    public static readonly NtlmPolicy Default = new();

    /// <summary>What a challenge lacks; none when it will do.</summary>
    public NtlmFlags MissingIn(NtlmFlags challenge) =>
        (Base | NtlmFlags.AlwaysSign | NtlmFlags.Identify | NtlmFlags.TargetInfo | SessionSecurity) & ~challenge;

    /// <summary>What a client's answer has given up; none when it will do.</summary>
    public NtlmFlags GivenUpIn(NtlmFlags authenticate) => (Base | SessionSecurity) & ~authenticate;

    /// <summary>What a client answers: of the offer all that it knows, and of two key lengths the longer one.</summary>
    public static NtlmFlags Choose(NtlmFlags challenge)
    {
        var flags = (challenge & Known) | NtlmFlags.RequestTarget;
        return flags.HasFlag(NtlmFlags.Key128) ? flags & ~NtlmFlags.Key56 : flags;
    }

    private NtlmFlags SessionSecurity => AllowsChecksumSignatures ? NtlmFlags.None : NtlmFlags.ExtendedSessionSecurity;
}
