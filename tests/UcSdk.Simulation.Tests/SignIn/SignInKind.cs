namespace UcSdk.Simulation.Tests;

/// <summary>How a client of the hour reaches its server and proves who its user is.</summary>
internal enum SignInKind
{
    /// <summary>NTLM over a stream: every message is signed.</summary>
    StreamNtlm,

    /// <summary>Digest over a stream.</summary>
    StreamDigest,

    /// <summary>Digest over datagrams, of which some vanish and some come twice.</summary>
    DatagramDigest,
}
