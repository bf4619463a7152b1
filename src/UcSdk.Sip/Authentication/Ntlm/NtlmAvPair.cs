namespace UcSdk.Sip;

/// <summary>AV_PAIR ([MS-NLMP] §2.2.2.1): one fact about the server, or of the client's answer to it.</summary>
internal readonly record struct NtlmAvPair(NtlmAvId Id, ReadOnlyMemory<byte> Value);
