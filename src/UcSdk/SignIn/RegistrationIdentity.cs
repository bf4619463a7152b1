namespace UcSdk;

/// <summary>
/// What makes one registration after the other that of the same endpoint: its epid and, from the first on, the Call-ID with its numbers (RFC 3261 §10.2: a client
/// uses one Call-ID for all registrations).
/// </summary>
/// <param name="Epid">The endpoint ([MS-SIPRE] §2.2).</param>
/// <param name="CallId">The Call-ID; null before the first REGISTER.</param>
/// <param name="CSeq">The last number that was used with it; 0 before the first.</param>
internal sealed record RegistrationIdentity(string Epid, string? CallId = null, uint CSeq = 0);
