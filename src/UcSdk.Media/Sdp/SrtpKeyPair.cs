namespace UcSdk.Media;

/// <summary>The two master keys of an SRTP session: each side's own protects what that side sends (RFC 4568 §6.1).</summary>
internal sealed record SrtpKeyPair(InlineKey Local, InlineKey Remote);
