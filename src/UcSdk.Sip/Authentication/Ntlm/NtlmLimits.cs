using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>How much is taken at most.</summary>
internal static class NtlmLimits
{
    /// <summary>Bytes of one message.</summary>
    public static readonly Limit Token = new("NTLM token", 16 * 1024);

    /// <summary>AV pairs of one list, its end not counted; the specification knows ten kinds.</summary>
    public static readonly Limit Pairs = new("NTLM AV pairs", 64);

    /// <summary>Characters of a user's name with its domain, as credentials give it; Windows allows 1,024 for the longest form.</summary>
    public static readonly Limit Name = new("NTLM name", 1024);

    /// <summary>Bytes of a NEGOTIATE message, which a server keeps, before it knows anything of its client, until the handshake is over.</summary>
    public static readonly Limit Negotiate = new("NTLM NEGOTIATE", 512);
}
