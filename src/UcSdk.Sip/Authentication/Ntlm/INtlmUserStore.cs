namespace UcSdk.Sip;

/// <summary>Knows the users of a server by the hash of their password, so that a store needs no passwords.</summary>
internal interface INtlmUserStore
{
    /// <summary>
    /// Writes MD4 of the user's password in UTF-16LE (<see cref="NtlmMath.HashPassword"/>), and clears nothing: the caller does. It takes the
    /// same time whether the user is known or not.
    /// </summary>
    /// <param name="userName">As the client gave it: a name, or <c>user@domain</c>. Compare without case.</param>
    /// <param name="domain">As the client gave it; empty where it gave none. Compare without case.</param>
    /// <param name="hash">16 bytes.</param>
    /// <returns>False for a user who is not known.</returns>
    bool TryGetPasswordHash(string userName, string domain, Span<byte> hash);
}
