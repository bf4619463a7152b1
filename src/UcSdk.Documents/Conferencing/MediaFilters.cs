namespace UcSdk.Documents;

/// <summary>What the conference lets through ([MS-CONFAV] §2.2.1.1.1, <c>media-ingress-filter</c> and <c>media-egress-filter</c>).</summary>
public static class MediaFilters
{
    /// <summary>Nothing: what the endpoint sends is discarded (ingress), or nothing is sent to it (egress).</summary>
    public const string Block = "block";

    /// <summary>Everything.</summary>
    public const string Unblock = "unblock";
}
