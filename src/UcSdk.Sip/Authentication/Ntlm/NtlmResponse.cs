using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>NTLMv2_RESPONSE ([MS-NLMP] §§2.2.2.7, 2.2.2.8): a proof, and what it was made over beside the server's challenge.</summary>
/// <remarks><code>
/// 0 proof (16) | 16 01 01 00*6 | 24 time (8) | 32 client's challenge (8) | 40 00*4 | 44 AV pairs | 00*4
/// </code></remarks>
internal sealed class NtlmResponse
{
    public const int ProofBytes = 16;
    public const int ChallengeBytes = 8;

    /// <summary>The length of an NTLMv1 response, which is never that of one of these.</summary>
    public const int Version1Bytes = 24;

    private const string Rule = "[MS-NLMP] §2.2.2.8 NTLMv2_RESPONSE";
    private const int PairsOffset = 44;
    private const int TrailerBytes = 4;

    /// <summary>16 bytes (NTProofStr).</summary>
    public required ReadOnlyMemory<byte> Proof { get; init; }

    /// <summary>All that follows the proof, as it came.</summary>
    public required ReadOnlyMemory<byte> Blob { get; init; }

    /// <summary>100 ns since 1601.</summary>
    public required ulong Time { get; init; }

    /// <summary>What the server had said of itself, and what the client adds.</summary>
    public required NtlmTargetInfo Pairs { get; init; }

    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out NtlmResponse? response, out ParseError error)
    {
        response = null;
        var span = bytes.Span;
        ScanMeter.Visit(Math.Min(span.Length, PairsOffset));
        if (span.Length < PairsOffset)
        {
            error = new(span.Length, $"{PairsOffset} bytes", Rule);
            return false;
        }

        if (span[ProofBytes] != 1 || span[ProofBytes + 1] != 1)
        {
            error = new(ProofBytes, "version 1 of the client's challenge", Rule);
            return false;
        }

        if (!NtlmTargetInfo.TryParse(span[PairsOffset..], out var pairs, out error))
        {
            error = error with { Offset = error.Offset + PairsOffset };
            return false;
        }

        response = new()
        {
            Proof = bytes[..ProofBytes],
            Blob = bytes[ProofBytes..],
            Time = BinaryPrimitives.ReadUInt64LittleEndian(span[24..]),
            Pairs = pairs,
        };
        return true;
    }

    /// <summary>The part that is proven, without the proof.</summary>
    public static byte[] WriteBlob(ulong time, ReadOnlySpan<byte> clientChallenge, NtlmTargetInfo pairs)
    {
        var list = pairs.Write();
        var blob = new byte[PairsOffset - ProofBytes + list.Length + TrailerBytes];
        blob[0] = 1;
        blob[1] = 1;
        BinaryPrimitives.WriteUInt64LittleEndian(blob.AsSpan(8), time);
        clientChallenge[..ChallengeBytes].CopyTo(blob.AsSpan(16));
        list.CopyTo(blob, PairsOffset - ProofBytes);
        return blob;
    }
}
