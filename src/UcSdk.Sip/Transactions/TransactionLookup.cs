namespace UcSdk.Sip;

/// <summary>A <see cref="TransactionKey"/> by branch that need not be made to be looked up.</summary>
/// <param name="branch">The branch.</param>
/// <param name="host">The sent-by host; empty for a client's.</param>
/// <param name="port">The sent-by port; 0 for none.</param>
/// <param name="method">The method.</param>
internal readonly ref struct TransactionLookup(ReadOnlySpan<char> branch, ReadOnlySpan<char> host, int port, string method)
{
    public ReadOnlySpan<char> Branch { get; } = branch;

    public ReadOnlySpan<char> Host { get; } = host;

    public int Port => port;

    public string Method => method;
}
