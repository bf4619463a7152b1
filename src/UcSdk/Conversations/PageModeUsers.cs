using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Those who are known to take no sessions of messages, the last 1024 of them. On the loop only.</summary>
internal sealed class PageModeUsers
{
    // Whoever is forgotten is invited once more, and refuses once more.
    private static readonly Limit MaxUsers = new("users known to take no sessions", 1024);
    private readonly HashSet<SipUri> _users = [];
    private readonly List<SipUri> _order = [];

    public int Count => _users.Count;

    public bool Contains(SipUri user) => _users.Contains(user.AddressOfRecord);

    public void Add(SipUri user)
    {
        var address = user.AddressOfRecord;
        if (!_users.Add(address))
        {
            return;
        }

        _order.Add(address);
        if (!MaxUsers.Allows(_users.Count))
        {
            Remove(_order[0]);
        }
    }

    /// <summary>A session with the user came about.</summary>
    public void Remove(SipUri user)
    {
        if (_users.Remove(user.AddressOfRecord))
        {
            _order.Remove(user.AddressOfRecord);
        }
    }
}
