namespace UcSdk;

/// <summary>Whether a provider can be searched; the numbers are those of the Lync SDK, of which these occur.</summary>
public enum SearchProviderStatusType
{
    /// <summary>Nobody is signed in, or it has not been asked yet.</summary>
    SyncNotStarted = 0,

    /// <summary>Its last answer was good.</summary>
    SyncSucceeded = 2,

    /// <summary>It refused, or did not answer.</summary>
    OtherFailure = 1000,

    /// <summary>There is none.</summary>
    NotConfigured = 1005,
}
