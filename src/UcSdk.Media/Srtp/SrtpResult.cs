namespace UcSdk.Media;

/// <summary>What became of a packet that was to be decrypted.</summary>
internal enum SrtpResult
{
    Ok,
    Malformed,
    AuthenticationFailed,
    Replayed,
    TooManySources,
}
