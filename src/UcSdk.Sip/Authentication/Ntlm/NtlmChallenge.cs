using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>CHALLENGE_MESSAGE ([MS-NLMP] §2.2.1.2): what a server is, what it asks for, and eight bytes that were never used before.</summary>
/// <remarks><code>
/// 0 NTLMSSP\0 | 8 type 2 | 12 target name | 20 flags | 24 challenge (8) | 32 zero (8) | 40 target info | 48 version, when its flag is set
/// </code></remarks>
internal sealed class NtlmChallenge
{
    public const uint Type = 2;
    public const int ChallengeBytes = 8;

    private const string Rule = "[MS-NLMP] §2.2.1.2 CHALLENGE_MESSAGE";
    private const int FixedBytes = 48;

    public required NtlmFlags Flags { get; init; }

    /// <summary>Eight bytes.</summary>
    public required ReadOnlyMemory<byte> ServerChallenge { get; init; }

    /// <summary>The server or its domain; empty when it names none.</summary>
    public string TargetName { get; init; } = "";

    /// <summary>Null when there is none, which is a sign of a server that is too old to be trusted.</summary>
    public NtlmTargetInfo? TargetInfo { get; init; }

    public NtlmVersion? Version { get; init; }

    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out NtlmChallenge? message, out ParseError error)
    {
        message = null;
        if (!NtlmReader.TryOpen(bytes, Type, FixedBytes, Rule, out var reader, out error))
        {
            return false;
        }

        var flags = reader.ReadFlags(20);
        if (!reader.TryReadVersion(flags, out var version, out error))
        {
            return false;
        }

        if (!reader.TryReadName(12, flags.HasFlag(NtlmFlags.Unicode), out var target, out error)
            || !reader.TryReadField(40, out var infoBytes, out error))
        {
            return false;
        }

        NtlmTargetInfo? info = null;
        if (flags.HasFlag(NtlmFlags.TargetInfo) && !NtlmTargetInfo.TryParse(infoBytes, out info, out error))
        {
            return false;
        }

        message = new()
        {
            Flags = flags,
            ServerChallenge = bytes.Slice(24, ChallengeBytes).ToArray(),
            TargetName = target,
            TargetInfo = info,
            Version = version,
        };
        return true;
    }

    /// <summary>The bytes; the flags of target info and version are set by whether they are there.</summary>
    public byte[] Write()
    {
        var target = NtlmText.Write(TargetName, Flags.HasFlag(NtlmFlags.Unicode));
        var info = TargetInfo?.Write() ?? [];
        var writer = new NtlmWriter(Type, FixedBytes + (Version is null ? 0 : NtlmVersion.Bytes), target.Length + info.Length);
        var flags = Flags & ~(NtlmFlags.TargetInfo | NtlmFlags.Version);
        flags |= TargetInfo is null ? 0 : NtlmFlags.TargetInfo;
        flags |= Version is null ? 0 : NtlmFlags.Version;
        writer.WriteFlags(20, flags);
        ServerChallenge.Span.CopyTo(writer.At(24)[..ChallengeBytes]);
        writer.AddField(12, target);
        if (TargetInfo is not null)
        {
            writer.AddField(40, info);
        }

        Version?.Write(writer.At(FixedBytes));
        return writer.ToArray();
    }
}
