namespace UcSdk.Documents;

/// <summary>The rules of the merge, one by one, so that a test can take one away and see that it matters.</summary>
[Flags]
internal enum ConferenceMergeRules
{
    None = 0,

    /// <summary>A version not above the last one is discarded (RFC 4575 §4).</summary>
    DiscardOldVersions = 1,

    /// <summary>A partial document that skips a version is a gap (RFC 4575 §4).</summary>
    DetectGaps = 2,

    /// <summary>The first document of a subscription must be full (RFC 4575 §4).</summary>
    FirstIsFull = 4,

    /// <summary>A full element replaces the stored one.</summary>
    FullReplaces = 8,

    /// <summary>A partial element is merged, child by child; what it does not name stays.</summary>
    PartialMerges = 16,

    /// <summary>A deleted element removes the stored one.</summary>
    DeletedRemoves = 32,

    /// <summary>Users, endpoints, entity views and addresses are found by their keys, ignoring case; media by their id.</summary>
    KeysIgnoreCase = 64,

    /// <summary>A deleted root ends the conference.</summary>
    DeletedRootEnds = 128,

    All = 255,
}
