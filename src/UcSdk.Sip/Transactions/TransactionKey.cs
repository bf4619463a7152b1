namespace UcSdk.Sip;

/// <summary>
/// By what a message finds its transaction. Keys are compared without regard to case: peers of the Lync family change the case of what they
/// echo. A request without a branch is known by its Call-ID, From tag and number instead; the parts that a key does not have are empty.
/// </summary>
internal readonly record struct TransactionKey(string Branch, string Tag, uint Number, string Host, int Port, string Method)
{
    /// <summary>RFC 3261 §17.1.3: the branch and the method of CSeq.</summary>
    public static TransactionKey OfClient(string branch, SipMethod method) => new(branch, "", 0, "", 0, method.Name);

    /// <summary>
    /// RFC 3261 §17.2.3: branch, sent-by and method; an ACK has the key of its INVITE. Without the magic cookie (peers that put no branch
    /// on requests inside a dialog) the identifying header fields take the branch's place.
    /// </summary>
    public static TransactionKey OfServer(SipRequest request, SipMethod? method = null)
    {
        var via = request.TopVia!;
        var branch = via.Branch;
        return Via.IsUnique(branch)
            ? new(branch!, "", 0, via.Host, via.Port ?? 0, NameOf(method ?? request.Method))
            : WithoutBranch(request, method);
    }

    /// <summary>The key of a request whose branch says nothing: there is none, or another request has it (<see cref="PeerHabit"/>).</summary>
    public static TransactionKey WithoutBranch(SipRequest request, SipMethod? method = null) => new(
        request.CallId!, request.From!.Tag ?? "", request.CSeq!.Number + 1, request.TopVia!.Host, request.TopVia.Port ?? 0, NameOf(method ?? request.Method));

    /// <summary>True when a branch identifies the transaction by itself.</summary>
    public bool IsByBranch => Number == 0;

    public bool Equals(TransactionKey other) =>
        Number == other.Number
        && Port == other.Port
        && Branch.Equals(other.Branch, StringComparison.OrdinalIgnoreCase)
        && Method.Equals(other.Method, StringComparison.OrdinalIgnoreCase)
        && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase)
        && Tag.Equals(other.Tag, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashOf(Branch, Method);

    // The branch is what tells transactions apart, or what stands for it; the method tells an INVITE from its CANCEL.
    public static int HashOf(ReadOnlySpan<char> branch, string method) => string.GetHashCode(branch, StringComparison.OrdinalIgnoreCase) + method.Length;

    /// <summary>The method that stands in the key of a server's transaction.</summary>
    public static string NameOf(SipMethod method) => (method == SipMethod.Ack ? SipMethod.Invite : method).Name;
}
