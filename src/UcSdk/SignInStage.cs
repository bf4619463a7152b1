namespace UcSdk;

/// <summary>The stages of a sign-in, in order.</summary>
public enum SignInStage
{
    /// <summary>Connecting to the server.</summary>
    Connect,

    /// <summary>Registering the endpoint ([MS-SIPREGE] §3.2; RFC 3261 §10).</summary>
    Register,

    /// <summary>Reading the server's settings ([MS-SIPREGE] §2.2.2).</summary>
    Provision,
}
