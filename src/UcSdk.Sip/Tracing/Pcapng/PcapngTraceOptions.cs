namespace UcSdk.Sip;

/// <summary>How a <see cref="PcapngTrace"/> writes.</summary>
public sealed record PcapngTraceOptions
{
    /// <summary>The defaults.</summary>
    public static PcapngTraceOptions Default { get; } = new();

    /// <summary>
    /// True to write credentials, SRTP keys and passwords as they are. Default false: each of their octets becomes an <c>x</c>, so every length
    /// stays right. Never for a file that leaves the machine.
    /// </summary>
    public bool ShowSecrets { get; init; }

    /// <summary>
    /// How many bytes may wait for a slow disk, 64 kB or more; default 64 MB. A message beyond them is not written, and counted in
    /// <see cref="PcapngTrace.Lost"/> and in the statistics at the end of the file.
    /// </summary>
    public int MaxPendingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Told once, when the file cannot be written on; from then on nothing is written. Runs on a thread of the trace's own. Default null.</summary>
    public Action<Exception>? Failed { get; init; }

    /// <summary>The clock of the end of the file and of flows that are still open there; default the system's. Messages bring their own time.</summary>
#pragma warning disable RS0030 // The option's default is the one place that names the system clock.
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
#pragma warning restore RS0030
}
