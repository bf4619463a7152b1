using System.Buffers;

namespace UcSdk.Sip;

/// <summary>The keys of both directions, once a handshake is done.</summary>
internal sealed class NtlmSession(NtlmFlags flags, ReadOnlySpan<byte> sessionKey, NtlmDirection outgoing) : IDisposable
{
    private readonly NtlmSignature _outgoing = new(flags, sessionKey, outgoing);

    private readonly NtlmSignature _incoming = new(
        flags, sessionKey, outgoing == NtlmDirection.ClientToServer ? NtlmDirection.ServerToClient : NtlmDirection.ClientToServer);

    public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature)
    {
        _outgoing.Sign(text, signature.GetSpan(NtlmSignature.Bytes));
        signature.Advance(NtlmSignature.Bytes);
    }

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => _incoming.Verify(text, signature);

    public void Dispose()
    {
        _outgoing.Dispose();
        _incoming.Dispose();
    }
}
