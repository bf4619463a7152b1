namespace UcSdk.Sip;

/// <summary>Whose messages a key signs.</summary>
internal enum NtlmDirection
{
    ClientToServer,
    ServerToClient,
}
