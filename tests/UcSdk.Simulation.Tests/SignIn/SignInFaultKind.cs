namespace UcSdk.Simulation.Tests;

/// <summary>What happens in the hour.</summary>
internal enum SignInFaultKind
{
    /// <summary>The streams of one client break.</summary>
    CutClient,

    /// <summary>Nothing reaches or leaves one client for a while; nobody is told.</summary>
    SilenceClient,

    /// <summary>One user signs out and after a while in again.</summary>
    SignOut,

    /// <summary>Every stream to the server breaks.</summary>
    CutServer,

    /// <summary>Nothing reaches or leaves the server for a while.</summary>
    SilenceServer,

    /// <summary>The server breaks down without a word, and after a while there is another that knows nothing.</summary>
    CrashServer,

    /// <summary>The server is stopped in order, and after a while there is another.</summary>
    RestartServer,
}
