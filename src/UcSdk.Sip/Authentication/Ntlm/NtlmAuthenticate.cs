using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>AUTHENTICATE_MESSAGE ([MS-NLMP] §2.2.1.3): who the client says to be, what proves it, and the session key under that proof.</summary>
/// <remarks><code>
/// 0 NTLMSSP\0 | 8 type 3 | 12 LM response | 20 NT response | 28 domain | 36 user | 44 workstation | 52 session key | 60 flags
/// 64 version, when its flag is set | 72 MIC (16), when the fields leave room for it
/// </code></remarks>
internal sealed class NtlmAuthenticate
{
    public const uint Type = 3;
    public const int MicOffset = 72;
    public const int MicBytes = 16;

    private const string Rule = "[MS-NLMP] §2.2.1.3 AUTHENTICATE_MESSAGE";
    private const int FixedBytes = 64;

    public required NtlmFlags Flags { get; init; }

    public string Domain { get; init; } = "";

    public string UserName { get; init; } = "";

    public string Workstation { get; init; } = "";

    /// <summary>LMv2 where older clients send it. Read, written, and otherwise not looked at.</summary>
    public ReadOnlyMemory<byte> LmResponse { get; init; }

    /// <summary>24 bytes of NTLMv1, or an <see cref="NtlmResponse"/>; empty for a client without a name.</summary>
    public ReadOnlyMemory<byte> NtResponse { get; init; }

    /// <summary>The session key that the client has chosen, encrypted (EncryptedRandomSessionKey).</summary>
    public ReadOnlyMemory<byte> SessionKey { get; init; }

    public NtlmVersion? Version { get; init; }

    /// <summary>The bytes where the code of all messages of the handshake stands, if it was made; null when there is no room for one.</summary>
    public byte[]? Mic { get; init; }

    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out NtlmAuthenticate? message, out ParseError error)
    {
        message = null;
        if (!NtlmReader.TryOpen(bytes, Type, FixedBytes, Rule, out var reader, out error))
        {
            return false;
        }

        var flags = reader.ReadFlags(60);
        // curl repeats the challenge's flag, and has a field where the version would be.
        var isMeant = FirstOffset(bytes) != FixedBytes;
        if (!reader.TryReadVersion(isMeant ? flags : flags & ~NtlmFlags.Version, out var version, out error))
        {
            return false;
        }

        var isUnicode = flags.HasFlag(NtlmFlags.Unicode);
        if (!reader.TryReadField(12, out var lmResponse, out error)
            || !reader.TryReadField(20, out var ntResponse, out error)
            || !reader.TryReadName(28, isUnicode, out var domain, out error)
            || !reader.TryReadName(36, isUnicode, out var user, out error)
            || !reader.TryReadName(44, isUnicode, out var workstation, out error)
            || !reader.TryReadField(52, out var sessionKey, out error))
        {
            return false;
        }

        message = new()
        {
            Flags = flags,
            Domain = domain,
            UserName = user,
            Workstation = workstation,
            LmResponse = lmResponse.ToArray(),
            NtResponse = ntResponse.ToArray(),
            SessionKey = sessionKey.ToArray(),
            Version = version,
            Mic = reader.FirstField >= MicOffset + MicBytes ? bytes.Slice(MicOffset, MicBytes).ToArray() : null,
        };
        return true;
    }

    // Where the first field begins that is not empty.
    private static uint FirstOffset(ReadOnlySpan<byte> bytes)
    {
        var first = uint.MaxValue;
        foreach (var at in (ReadOnlySpan<int>)[12, 20, 28, 36, 44, 52])
        {
            first = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) == 0 ? first : Math.Min(first, BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]));
        }

        return first;
    }

    /// <summary>The bytes; the flag of the version is set by whether it is there. Fields stand in the order of Windows clients.</summary>
    public byte[] Write()
    {
        var isUnicode = Flags.HasFlag(NtlmFlags.Unicode);
        var domain = NtlmText.Write(Domain, isUnicode);
        var user = NtlmText.Write(UserName, isUnicode);
        var workstation = NtlmText.Write(Workstation, isUnicode);
        var writer = new NtlmWriter(
            Type,
            Mic is null ? MicOffset : MicOffset + MicBytes,
            domain.Length + user.Length + workstation.Length + LmResponse.Length + NtResponse.Length + SessionKey.Length);
        writer.WriteFlags(60, (Flags & ~NtlmFlags.Version) | (Version is null ? 0 : NtlmFlags.Version));
        Version?.Write(writer.At(FixedBytes));
        Mic?.CopyTo(writer.At(MicOffset));
        writer.AddField(28, domain);
        writer.AddField(36, user);
        writer.AddField(44, workstation);
        writer.AddField(12, LmResponse.Span);
        writer.AddField(20, NtResponse.Span);
        writer.AddField(52, SessionKey.Span);
        return writer.ToArray();
    }
}
