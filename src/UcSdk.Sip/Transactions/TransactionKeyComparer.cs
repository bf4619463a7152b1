namespace UcSdk.Sip;

/// <summary>Lets what stands in a message be looked up without making a key of it.</summary>
internal sealed class TransactionKeyComparer : IEqualityComparer<TransactionKey>, IAlternateEqualityComparer<TransactionLookup, TransactionKey>
{
    public static readonly TransactionKeyComparer Instance = new();

    public bool Equals(TransactionKey left, TransactionKey right) => left.Equals(right);

    public int GetHashCode(TransactionKey key) => key.GetHashCode();

    public bool Equals(TransactionLookup alternate, TransactionKey other) =>
        other.IsByBranch
        && other.Port == alternate.Port
        && alternate.Branch.Equals(other.Branch, StringComparison.OrdinalIgnoreCase)
        && alternate.Method.Equals(other.Method, StringComparison.OrdinalIgnoreCase)
        && alternate.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

    public int GetHashCode(TransactionLookup alternate) => TransactionKey.HashOf(alternate.Branch, alternate.Method);

    public TransactionKey Create(TransactionLookup alternate) => new(alternate.Branch.ToString(), "", 0, alternate.Host.ToString(), alternate.Port, alternate.Method);
}
