namespace UcSdk.Sip;

/// <summary>
/// By what a message finds its transaction. Keys are compared without regard to case: peers of the Lync family change the case of what they
/// echo. A request without a branch is known by its Call-ID, From tag and number instead; the parts that a key does not have are empty.
/// </summary>
internal readonly record struct TransactionKey(string Branch, string Tag, long Number, string Host, int Port, string Method)
{
    /// <summary>RFC 3261 §17.1.3: the branch and the method of CSeq.</summary>
    public static TransactionKey OfClient(string branch, SipMethod method) => new(branch, "", 0, "", 0, method.Name);

    /// <summary>
    /// RFC 3261 §17.2.3: branch, sent-by and method; an ACK has the key of its INVITE. Without the magic cookie (peers that put no branch
    /// on requests inside a dialog) the identifying header fields take the branch's place.
    /// </summary>
    public static TransactionKey OfServer(SipRequest request)
    {
        var via = request.TopVia!;
        var name = (request.Method == SipMethod.Ack ? SipMethod.Invite : request.Method).Name;
        var branch = via.Branch;
        return Via.IsUnique(branch)
            ? new(branch!, "", 0, via.Host, via.Port ?? 0, name)
            : new(request.CallId!, request.From!.Tag ?? "", request.CSeq!.Number + 1L, via.Host, via.Port ?? 0, name);
    }

    /// <summary>True when a branch identifies the transaction by itself.</summary>
    public bool IsByBranch => Number == 0;

    public bool Equals(TransactionKey other) =>
        Number == other.Number
        && Port == other.Port
        && Branch.Equals(other.Branch, StringComparison.OrdinalIgnoreCase)
        && Method.Equals(other.Method, StringComparison.OrdinalIgnoreCase)
        && Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase)
        && Tag.Equals(other.Tag, StringComparison.OrdinalIgnoreCase);

    // The branch is what tells transactions apart, or what stands for it; the method tells an INVITE from its CANCEL.
    public override int GetHashCode() => Branch.GetHashCode(StringComparison.OrdinalIgnoreCase) + Method.Length;
}
