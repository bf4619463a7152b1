using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// NEGOTIATE_MESSAGE ([MS-NLMP] §2.2.1.1), with which a client begins where there is a connection. SIP is connectionless to NTLM, and its clients
/// begin with an empty token; those that send this message all the same are understood.
/// </summary>
/// <remarks><code>
/// 0 NTLMSSP\0 | 8 type 1 | 12 flags | 16 domain | 24 workstation | 32 version, when its flag is set
/// </code></remarks>
internal sealed class NtlmNegotiate
{
    public const uint Type = 1;

    private const string Rule = "[MS-NLMP] §2.2.1.1 NEGOTIATE_MESSAGE";
    private const int FixedBytes = 32;

    public required NtlmFlags Flags { get; init; }

    /// <summary>The client's domain, in its code page; empty when it names none.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The client's machine, in its code page; empty when it names none.</summary>
    public string Workstation { get; init; } = "";

    public NtlmVersion? Version { get; init; }

    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out NtlmNegotiate? message, out ParseError error)
    {
        message = null;
        if (!NtlmLimits.Negotiate.Allows(bytes.Length))
        {
            error = NtlmLimits.Negotiate.Exceeded(NtlmLimits.Negotiate.Maximum);
            return false;
        }

        if (!NtlmReader.TryOpen(bytes, Type, FixedBytes, Rule, out var reader, out error))
        {
            return false;
        }

        var flags = reader.ReadFlags(12);
        if (!reader.TryReadVersion(flags, out var version, out error))
        {
            return false;
        }

        var (domain, workstation) = ("", "");
        if ((flags.HasFlag(NtlmFlags.OemDomainSupplied) && !reader.TryReadName(16, false, out domain, out error))
            || (flags.HasFlag(NtlmFlags.OemWorkstationSupplied) && !reader.TryReadName(24, false, out workstation, out error)))
        {
            return false;
        }

        message = new()
        {
            Flags = flags,
            Domain = domain,
            Workstation = workstation,
            Version = version,
        };
        return true;
    }

    /// <summary>The bytes; the three flags that say what is there are set by what is.</summary>
    public byte[] Write()
    {
        var (domain, workstation) = (NtlmText.Write(Domain, false), NtlmText.Write(Workstation, false));
        var writer = new NtlmWriter(Type, FixedBytes + (Version is null ? 0 : NtlmVersion.Bytes), domain.Length + workstation.Length);
        var flags = Flags & ~(NtlmFlags.OemDomainSupplied | NtlmFlags.OemWorkstationSupplied | NtlmFlags.Version);
        flags |= domain.Length > 0 ? NtlmFlags.OemDomainSupplied : 0;
        flags |= workstation.Length > 0 ? NtlmFlags.OemWorkstationSupplied : 0;
        flags |= Version is null ? 0 : NtlmFlags.Version;
        writer.WriteFlags(12, flags);
        writer.AddField(16, domain);
        writer.AddField(24, workstation);
        Version?.Write(writer.At(FixedBytes));
        return writer.ToArray();
    }
}
