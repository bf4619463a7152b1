namespace UcSdk.Sip;

/// <summary>Which strength is demanded of a peer, and what is negotiated.</summary>
internal static class NtlmPolicy
{
    /// <summary>What the servers of this family offer; OCS 2007 R2 and Lync Server 2013 alike.</summary>
    public const NtlmFlags Offered = (NtlmFlags)0xE29882F3;

    // What a signature of SIP stands on; the connectionless form demands key exchange ([MS-NLMP] §3.2.5.2.1).
    private const NtlmFlags Base =
        NtlmFlags.Unicode | NtlmFlags.Sign | NtlmFlags.Datagram | NtlmFlags.Ntlm | NtlmFlags.KeyExchange | NtlmFlags.ExtendedSessionSecurity;

    private const NtlmFlags Known = Base | NtlmFlags.AlwaysSign | NtlmFlags.Identify | NtlmFlags.TargetInfo
        | NtlmFlags.Version | NtlmFlags.Key128 | NtlmFlags.Key56;

    /// <summary>What a challenge lacks; none when it will do.</summary>
    public static NtlmFlags MissingIn(NtlmFlags challenge) =>
        (Base | NtlmFlags.AlwaysSign | NtlmFlags.Identify | NtlmFlags.TargetInfo) & ~challenge;

    /// <summary>What a client's answer has given up; none when it will do.</summary>
    public static NtlmFlags GivenUpIn(NtlmFlags authenticate) => Base & ~authenticate;

    /// <summary>What a client answers: of the offer all that it knows, and of two key lengths the longer one.</summary>
    public static NtlmFlags Choose(NtlmFlags challenge)
    {
        var flags = (challenge & Known) | NtlmFlags.RequestTarget;
        return flags.HasFlag(NtlmFlags.Key128) ? flags & ~NtlmFlags.Key56 : flags;
    }
}
