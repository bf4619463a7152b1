namespace UcSdk.Interop.Tests;

/// <summary>One SIP message as the analyser reads it; absent fields are empty.</summary>
internal sealed record CapturedSip(string CallId, string Method, string Status, string CSeqMethod, string ContentType, string FromUser, string ToUser);
