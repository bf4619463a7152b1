namespace UcSdk.Sip;

/// <summary>RFC 3261 §8.2.2.2: what two copies of one request that came by different paths have in common.</summary>
internal readonly record struct MergeKey(string CallId, uint Number, string Method, string FromTag)
{
    public static MergeKey Of(SipRequest request) => new(request.CallId!, request.CSeq!.Number, request.CSeq.Method.Name, request.From!.Tag ?? "");

    // A call has few requests at a time.
    public override int GetHashCode() => CallId.GetHashCode(StringComparison.Ordinal) + (int)Number;
}
