namespace UcSdk;

/// <summary>What a sign-in does at one moment (<see cref="SignInProgress"/>), and where it failed (<see cref="RegisterException.Stage"/>).</summary>
public enum SignInStage
{
    /// <summary>Looking for a server of the user's domain; skipped where the server is known.</summary>
    Discover,

    /// <summary>Connecting to the server.</summary>
    Connect,

    /// <summary>Registering the endpoint ([MS-SIPREGE] §3.2; RFC 3261 §10). A refusal of the credentials counts as one of this stage.</summary>
    Register,

    /// <summary>Answering the server's challenge (RFC 3261 §22; [MS-SIPAE] §3.2). Nothing fails here: the answer to what is sent is one to the registration.</summary>
    Authenticate,

    /// <summary>Reading the server's settings ([MS-SIPREGE] §2.2.2).</summary>
    Provision,

    /// <summary>Following the server to the user's home server (301, 302, 305). A failure here is a redirection that is not followed.</summary>
    Redirect,

    /// <summary>Waiting for the next attempt, because server or network made it fail in passing.</summary>
    Wait,

    /// <summary>Signed in.</summary>
    Done,

    /// <summary>
    /// Signed in at a backup, while <see cref="SignInProgress.Server"/>, the primary, did not sign the user in: it is asked again at <see cref="SignInProgress.NextAttempt"/>, or, where
    /// that is null because it refused for good, not any more (<see cref="LyncClientOptions.FailBack"/>).
    /// </summary>
    AtBackup,
}
