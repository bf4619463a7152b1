namespace UcSdk.Server.Web;

/// <summary>What came of a request's <c>Authorization</c>.</summary>
/// <param name="Challenge">The next token of the handshake, for a 401; null when there is none.</param>
/// <param name="Login">The account that is proven, as NTLM names it; null when none is.</param>
/// <param name="IsLocked">True when too many wrong passwords have been tried.</param>
internal readonly record struct HandshakeOutcome(byte[]? Challenge, string? Login, bool IsLocked)
{
    /// <summary>Never the account, nor the token.</summary>
    public override string ToString() => Login is not null ? "proven" : Challenge is not null ? "challenged" : "not proven";
}
