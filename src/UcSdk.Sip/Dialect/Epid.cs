using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The endpoint identifier beside the tag of From and To: it tells the several endpoints of one user apart and stays the same in every
/// request of one endpoint ([MS-SIPRE]). Read it with <see cref="NameAddr.Epid"/>.
/// </summary>
internal static class Epid
{
    /// <summary>The longest identifier that servers take.</summary>
    public const int MaxLength = 16;

    /// <summary>A new identifier: ten lower-case hexadecimal digits, as desktop clients make them.</summary>
    public static string Create(RandomSource random) => random.NextHex(5);

    /// <summary>True for 1 to 16 characters of a token; real ones are hexadecimal digits.</summary>
    public static bool IsValid(string? text) => text is { Length: > 0 and <= MaxLength } && SipGrammar.IsToken(text);

    /// <summary>The address of record of an endpoint, as it stands in From.</summary>
    /// <exception cref="ArgumentException">The identifier is not valid.</exception>
    public static NameAddr AddTo(NameAddr address, string epid) => IsValid(epid)
        ? address.WithParameter("epid", epid)
        : throw new ArgumentException($"'{epid}' is not an epid: 1 to {MaxLength} characters of a token are wanted.", nameof(epid));
}
