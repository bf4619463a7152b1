using System.Buffers;

namespace UcSdk.Sip;

/// <summary>
/// One side of a handshake that ends in keys, and what is signed with them: NTLM, Kerberos, TLS-DSK. The nouns are those of GSS-API (RFC 2743):
/// tokens go to and fro until the context is established; from then on messages get integrity codes. Disposal clears its keys.
/// </summary>
internal interface ISecurityContext : IDisposable
{
    /// <summary>True when <see cref="Advance"/> may wait for others (a KDC), and is therefore run outside the loop.</summary>
    bool MayBlock { get; }

    /// <summary>True from the step on that says so; only then is anything signed or verified.</summary>
    bool IsEstablished { get; }

    /// <summary>Until when the keys hold; null where they name no end of their own.</summary>
    DateTimeOffset? Expires { get; }

    /// <summary>At the server: who has proven to be whom, as the scheme names users (<c>DOMAIN\user</c>, <c>user@REALM</c>); null at the client, and before.</summary>
    string? Peer { get; }

    /// <summary>Takes the peer's token, which is not to be trusted in anything, and says what goes back.</summary>
    /// <param name="token">What the peer sent; empty where it sent none, as at the beginning of the client's side.</param>
    SecurityContextStep Advance(ReadOnlyMemory<byte> token);

    /// <summary>Writes the integrity code of the text (GSS_GetMIC), raw.</summary>
    /// <exception cref="InvalidOperationException">The context is not established.</exception>
    void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature);

    /// <summary>True when the code is that of the text under the peer's key (GSS_VerifyMIC), compared in constant time.</summary>
    /// <exception cref="InvalidOperationException">The context is not established.</exception>
    bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);
}
