using System.Diagnostics.CodeAnalysis;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The users of the one domain that the server serves.</summary>
internal sealed class UserDirectory(string domain)
{
    // User parts of the usual length are looked up without making them.
    private const int LookupRoom = 128;

    private readonly Dictionary<string, UcServerUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SipUri> _addresses = new(StringComparer.OrdinalIgnoreCase);

    public string Domain { get; } = domain;

    public int Count => _users.Count;

    public IEnumerable<UcServerUser> All => _users.Values;

    /// <summary>True when somebody must prove who they are.</summary>
    public bool HasPasswords { get; private set; }

    /// <exception cref="ArgumentException">The name cannot stand in a SIP address, or there is such a user.</exception>
    public void Add(UcServerUser user)
    {
        if (!SipUri.TryParse($"sip:{user.Name}@{Domain}", out var uri) || uri.User != user.Name || uri.Host != Domain || uri.Parameters.Count > 0)
        {
            throw new ArgumentException("The name of a user must be the user part of a SIP address, e.g. 'alice'.", nameof(user));
        }

        if (!_users.TryAdd(user.Name, user))
        {
            throw new ArgumentException("The server has a user of that name already.", nameof(user));
        }

        _addresses.Add(user.Name, uri);
        HasPasswords |= user.Password is not null;
    }

    /// <summary>Puts another record in the place of a user's.</summary>
    public UcServerUser Change(UcServerUser user, Func<UcServerUser, UcServerUser> change) => _users[user.Name] = change(user);

    /// <summary>The user of a name, <c>alice</c>, or an address, <c>sip:alice@contoso.test</c> or <c>alice@contoso.test</c>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public UcServerUser Get(string user) =>
        (SipUri.TryParse(user, out var address) && TryFind(address, out var found)) || TryFindName(user, out found)
            ? found
            : throw new ArgumentException($"The server has no user '{user}'.", nameof(user));

    public bool Serves(SipUri uri) => uri.IsSip && uri.HasHost(Domain);

    /// <summary>The user whom an address names, whatever parameters it carries.</summary>
    public bool TryFind(SipUri uri, [NotNullWhen(true)] out UcServerUser? user)
    {
        user = null;
        return Serves(uri) && _users.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(uri.UserIn(stackalloc char[LookupRoom]), out user);
    }

    /// <summary>The address of record in the one spelling that the server uses, e.g. <c>sip:alice@contoso.test</c>.</summary>
    public string AddressOfRecord(UcServerUser user) => UriOf(user).Text;

    /// <summary>The same as a URI.</summary>
    public SipUri UriOf(UcServerUser user) => _addresses[user.Name];

    /// <summary>The URI of an address of record in that spelling.</summary>
    public SipUri UriOf(string addressOfRecord) =>
        _addresses.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(addressOfRecord.AsSpan("sip:".Length, Math.Max(0, addressOfRecord.Length - "sip:@".Length - Domain.Length)), out var uri)
            && uri.Text == addressOfRecord
            ? uri
            : SipUri.Parse(addressOfRecord);

    /// <summary>A user who is called by the name alone or by the address, <c>alice@contoso.test</c>.</summary>
    public bool TryFindName(string userName, [NotNullWhen(true)] out UcServerUser? user)
    {
        var name = userName.AsSpan();
        if (name.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) && name[..^Domain.Length].EndsWith("@"))
        {
            name = name[..^(Domain.Length + 1)];
        }

        return _users.TryGetValue(name.ToString(), out user);
    }
}
