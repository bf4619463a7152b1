namespace UcSdk.Sip;

/// <summary>A user who has proven to know a password.</summary>
public sealed class DigestIdentity
{
    private Action<SipResponse>? _confirm;

    internal DigestIdentity(string userName, Action<SipResponse> confirm)
    {
        UserName = userName;
        _confirm = confirm;
    }

    /// <summary>The name, as the client gave it.</summary>
    public string UserName { get; }

    /// <summary>
    /// Puts Authentication-Info into a response to that request: the proof that this server knows the password too, and the next nonce where
    /// the last grows old (RFC 7616 §3.5). Called last, when the body is there, and once.
    /// </summary>
    /// <exception cref="InvalidOperationException">A response was confirmed before.</exception>
    public void Confirm(SipResponse response)
    {
        var confirm = _confirm ?? throw new InvalidOperationException("A response to this request was confirmed before.");
        _confirm = null;
        confirm(response);
    }

    /// <summary>Never the name, which is user data.</summary>
    public override string ToString() => "user";
}
