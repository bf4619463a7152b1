using System.Buffers;

namespace UcSdk.Sip;

/// <summary>Stands where a scheme cannot begin, and says why: the next is tried.</summary>
/// <param name="why">Why, in words without secrets or names of users.</param>
internal sealed class UnavailableContext(string why) : ISecurityContext
{
    public bool MayBlock => false;

    public bool IsEstablished => false;

    public DateTimeOffset? Expires => null;

    public string? Peer => null;

    public SecurityContextStep Advance(ReadOnlyMemory<byte> token) => SecurityContextStep.Refuse(why);

    public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature) => throw new InvalidOperationException($"Nothing can be signed: {why}.");

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => throw new InvalidOperationException($"Nothing can be verified: {why}.");

    public void Dispose()
    {
    }
}
