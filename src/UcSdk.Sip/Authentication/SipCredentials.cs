namespace UcSdk.Sip;

/// <summary>A user's name and password.</summary>
/// <param name="UserName">As the server knows it: often the user part of the address, sometimes all of it, <c>user@domain</c>.</param>
/// <param name="Password">Whoever made it clears it.</param>
/// <param name="Realm">The only realm that these credentials are for, compared exactly; null, the default, for whoever challenges.</param>
public sealed record SipCredentials(string UserName, SipPassword Password, string? Realm = null) : ISipCredentials
{
    /// <summary>
    /// True for the account that runs the process, as the platform knows it: its ticket cache under Linux (<c>KRB5CCNAME</c>, filled by <c>kinit</c>), its
    /// logon under Windows. Only Kerberos uses it, and then neither name nor password, which are for the other schemes. Default false.
    /// </summary>
    public bool UsesTicketCache { get; init; }

    /// <summary>The account that runs the process, for Kerberos alone: no name and no password.</summary>
    /// <param name="realm">The only realm that these credentials are for, compared exactly; null, the default, for whoever challenges.</param>
    public static SipCredentials FromTicketCache(string? realm = null) => new("", new SipPassword(""), realm) { UsesTicketCache = true };

    /// <inheritdoc/>
    public SipCredentials? Find(string realm, SipRequest request) => (Realm is null || Realm == realm) && !Password.IsCleared ? this : null;

    /// <summary>Neither the name, which is user data, nor the password.</summary>
    public override string ToString() => Realm is null ? "credentials" : $"credentials for {Realm}";
}
