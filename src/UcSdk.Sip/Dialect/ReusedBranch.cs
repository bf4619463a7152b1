namespace UcSdk.Sip;

/// <summary>
/// <see cref="PeerHabit.ReusedBranch"/>: what tells a request from another one with the same branch, sender and method. RFC 3261 §17.2.3 would have it taken for a
/// repetition, and answered with the answer of the other. It is kept as long as the transaction, so it is small: the Call-ID as a hash.
/// </summary>
internal readonly record struct ReusedBranch(uint Number, int CallId)
{
    /// <summary>The mark of a request, which its repetitions, its CANCEL and its ACK share.</summary>
    public static ReusedBranch MarkOf(SipRequest request) => new(request.CSeq!.Number, string.GetHashCode(request.Headers.TextIn(HeaderName.CallId, stackalloc char[128]), StringComparison.OrdinalIgnoreCase));
}
