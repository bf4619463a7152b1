namespace UcSdk.Sip;

/// <summary>Lets what stands in a message be looked up without making a key of it.</summary>
internal sealed class DialogKeyComparer : IEqualityComparer<DialogKey>, IAlternateEqualityComparer<DialogLookup, DialogKey>
{
    public static readonly DialogKeyComparer Instance = new();

    public bool Equals(DialogKey left, DialogKey right) => left.Equals(right);

    public int GetHashCode(DialogKey key) => key.GetHashCode();

    public bool Equals(DialogLookup alternate, DialogKey other) =>
        alternate.CallId.Equals(other.CallId, StringComparison.OrdinalIgnoreCase)
        && alternate.LocalTag.Equals(other.LocalTag, StringComparison.OrdinalIgnoreCase)
        && alternate.RemoteTag.Equals(other.RemoteTag, StringComparison.OrdinalIgnoreCase);

    public int GetHashCode(DialogLookup alternate) => string.GetHashCode(alternate.CallId, StringComparison.OrdinalIgnoreCase);

    public DialogKey Create(DialogLookup alternate) => new(alternate.CallId.ToString(), alternate.LocalTag.ToString(), alternate.RemoteTag.ToString());
}
