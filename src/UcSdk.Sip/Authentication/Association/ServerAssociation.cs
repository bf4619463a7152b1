using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>An association of one user on one flow, at the server ([MS-SIPAE] §3.3.1).</summary>
/// <param name="security">The keys, and what is done with them.</param>
/// <param name="flow">Where it stands.</param>
/// <param name="owner">The address for which its user may speak: From of the request that made it.</param>
/// <param name="due">When it ends.</param>
internal sealed class ServerAssociation(SecurityAssociation security, SipFlow flow, SipUri owner, Timestamp due) : IDisposable
{
    // Not the address itself, which may be a window on a message and would keep all of it.
    private readonly string _user = owner.User;
    private readonly string _host = owner.Host;

    public SecurityAssociation Security => security;

    public SipFlow Flow => flow;

    public string Opaque { get; } = security.Opaque!;

    public Timestamp Due => due;

    /// <summary>The address of its user.</summary>
    public SipUri Address => SipUri.Create(_user, _host);

    /// <summary>True for any spelling of its user's address, whatever parameters it has.</summary>
    public bool IsOf(SipUri? address) =>
        address is not null
        && address.User.Equals(_user, StringComparison.OrdinalIgnoreCase)
        && address.Host.Equals(_host, StringComparison.OrdinalIgnoreCase);

    /// <summary>True where the other is of the same user: an earlier one, a later one, or one on another flow.</summary>
    public bool IsOfUserOf(ServerAssociation other) =>
        other._user.Equals(_user, StringComparison.OrdinalIgnoreCase) && other._host.Equals(_host, StringComparison.OrdinalIgnoreCase);

    public void Dispose() => security.Dispose();
}
