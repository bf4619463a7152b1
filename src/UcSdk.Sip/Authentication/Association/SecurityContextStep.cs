namespace UcSdk.Sip;

/// <summary>The outcome of one step of a handshake.</summary>
/// <param name="Status">Where the context stands now.</param>
/// <param name="Token">What goes to the peer; null for nothing, which is not the same as an empty token.</param>
/// <param name="Why">Why it was refused, in words without secrets or names of users; null otherwise.</param>
internal readonly record struct SecurityContextStep(SecurityContextStatus Status, byte[]? Token = null, string? Why = null)
{
    /// <summary>At a server, of a refusal: whose password was not proven, in the form of <see cref="ISecurityContext.Peer"/>; null where none was tried.</summary>
    public string? Login { get; init; }

    /// <summary>Never the login, which is user data, nor the token.</summary>
    public override string ToString() => Why is null ? $"{Status}" : $"{Status}: {Why}";

    public static SecurityContextStep Refuse(string why) => new(SecurityContextStatus.Refused, null, why);
}
