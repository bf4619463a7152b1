namespace UcSdk.Sip;

/// <summary>One piece of event state that somebody has published (RFC 3903).</summary>
/// <param name="Resource">Whose state it is: the Request-URI of the PUBLISH.</param>
/// <param name="Event">The event package, in lower case.</param>
/// <param name="ETag">The name under which its publisher refreshes, changes and removes it; another after each.</param>
/// <param name="ContentType">The Content-Type of the state.</param>
/// <param name="Body">The state.</param>
public sealed record EventState(SipUri Resource, string Event, string ETag, string ContentType, ReadOnlyMemory<byte> Body);
