using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>
/// One side of a handshake made up for the test, in as many steps as it is told; signatures are HMAC-SHA-256 under a key of each direction. Its tokens are texts,
/// so that a wire conversation can be read.
/// </summary>
internal sealed class KeyedContext : ISecurityContext
{
    private readonly string _own;
    private readonly string _other;
    private readonly Queue<string> _tokens;

    /// <summary>A side that is done: nothing is left to say.</summary>
    public KeyedContext(string own, string other)
        : this(own, other, [])
    {
        IsEstablished = true;
    }

    /// <summary>A side that says these tokens, one for each step; it is established with the last, null standing for none.</summary>
    public KeyedContext(string own, string other, params string[] tokens)
    {
        (_own, _other, _tokens) = (own, other, new(tokens));
    }

    public bool MayBlock { get; init; }

    public bool IsEstablished { get; private set; }

    public DateTimeOffset? Expires { get; init; }

    public string? Peer => null;

    public bool IsDisposed { get; private set; }

    /// <summary>What the peer said, in order.</summary>
    public List<string> Heard { get; } = [];

    public SecurityContextStep Advance(ReadOnlyMemory<byte> token)
    {
        Heard.Add(Encoding.UTF8.GetString(token.Span));
        if (!_tokens.TryDequeue(out var next))
        {
            return SecurityContextStep.Refuse("nothing is left to say");
        }

        if (next.StartsWith('!'))
        {
            return SecurityContextStep.Refuse(next[1..]);
        }

        IsEstablished = _tokens.Count == 0;
        return new(IsEstablished ? SecurityContextStatus.Established : SecurityContextStatus.Continue, Encoding.UTF8.GetBytes(next));
    }

    public void Sign(ReadOnlySpan<byte> text, IBufferWriter<byte> signature)
    {
        Assert.False(IsDisposed);
        var span = signature.GetSpan(32);
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(_own), text, span);
        signature.Advance(32);
    }

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) =>
        signature.SequenceEqual(HMACSHA256.HashData(Encoding.ASCII.GetBytes(_other), text));

    public void Dispose() => IsDisposed = true;
}
