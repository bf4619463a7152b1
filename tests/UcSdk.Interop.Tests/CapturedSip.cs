namespace UcSdk.Interop.Tests;

/// <summary>One SIP message as the analyser reads it; absent fields are empty.</summary>
internal sealed record CapturedSip(string CallId, string Method, string Status, string CSeqMethod, string ContentType, string FromUser, string ToUser)
{
    /// <summary>Number and method.</summary>
    public string CSeq { get; init; } = "";

    /// <summary>From which port to which.</summary>
    public string Way { get; init; } = "";
}
