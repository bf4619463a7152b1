using System.Buffers;

namespace UcSdk.Sip.Tests;

/// <summary>The client's side of a handshake of one token, as Kerberos has it, that comes from a KDC which the test plays.</summary>
internal sealed class TicketContext(SecurityContextStep outcome) : ISecurityContext
{
    /// <summary>How often the KDC was asked.</summary>
    public int Steps { get; private set; }

    public bool IsDisposed { get; private set; }

    public bool MayBlock => true;

    public bool IsEstablished { get; private set; }

    public DateTimeOffset? Expires => null;

    public string? Peer => null;

    public SecurityContextStep Advance(ReadOnlyMemory<byte> token)
    {
        if (IsDisposed)
        {
            throw new InvalidOperationException("The context is gone.");
        }

        Steps++;
        IsEstablished = outcome.Status == SecurityContextStatus.Established;
        return outcome;
    }

    public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature) => signature.Write("mic"u8);

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => signature.SequenceEqual("mic"u8);

    public void Dispose() => IsDisposed = true;
}
