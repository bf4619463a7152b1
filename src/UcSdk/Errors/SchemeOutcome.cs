namespace UcSdk;

/// <summary>What came of one scheme of authentication in a sign-in that failed.</summary>
public enum SchemeOutcome
{
    /// <summary>It was tried, and did not convince the server, or could not be used here; the reason says which.</summary>
    Failed,

    /// <summary>The server's challenge was answered by it, and the server refused the user for something else.</summary>
    Answered,

    /// <summary>The server offered it, and it was not tried; the reason says why.</summary>
    NotTried,
}
