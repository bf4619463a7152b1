namespace UcSdk.Media;

/// <summary>What became of a frame given to the jitter buffer.</summary>
internal enum JitterInsertion
{
    Kept,
    Duplicate,
    Late,
    Early,
}
