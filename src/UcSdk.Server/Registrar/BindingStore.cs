using System.Diagnostics.CodeAnalysis;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The registered endpoints, found by user, by connection and by GRUU.</summary>
internal sealed class BindingStore
{
    private readonly Dictionary<EndpointId, Binding> _bindings = [];
    private readonly Dictionary<string, List<EndpointId>> _byUser = new(StringComparer.Ordinal);
    private readonly Dictionary<SipFlow, List<EndpointId>> _byFlow = [];
    private readonly Dictionary<string, EndpointId> _byGruu = new(StringComparer.Ordinal);
    private readonly Dictionary<SipUri, EndpointId> _byContact = [];

    public int Count => _bindings.Count;

    public IEnumerable<Binding> All => _bindings.Values;

    public bool TryGet(EndpointId id, [NotNullWhen(true)] out Binding? binding) => _bindings.TryGetValue(id, out binding);

    /// <summary>The user's endpoints, the longest registered first.</summary>
    public IReadOnlyList<Binding> OfUser(string user) => Resolve(_byUser.GetValueOrDefault(user));

    /// <summary>The endpoints registered on a connection, the longest registered first.</summary>
    public IReadOnlyList<Binding> OnFlow(SipFlow flow) => Resolve(_byFlow.GetValueOrDefault(flow));

    public bool TryGetByGruu(SipUri gruu, [NotNullWhen(true)] out Binding? binding)
    {
        binding = null;
        return GruuKey(gruu) is { } key && _byGruu.TryGetValue(key, out var id) && _bindings.TryGetValue(id, out binding);
    }

    /// <summary>The endpoint that was told that its Contact is this.</summary>
    public bool TryGetByContact(SipUri contact, [NotNullWhen(true)] out Binding? binding)
    {
        binding = null;
        return _byContact.TryGetValue(contact, out var id) && _bindings.TryGetValue(id, out binding);
    }

    /// <summary>Adds a binding, or puts it in the place of the endpoint's earlier one.</summary>
    public void Put(Binding binding)
    {
        if (_bindings.TryGetValue(binding.Id, out var earlier))
        {
            _byContact.Remove(earlier.Contact.Uri);
            if (earlier.Flow != binding.Flow || earlier.IsConnected != binding.IsConnected)
            {
                Unlist(_byFlow, earlier.Flow, earlier.Id);
                ListFlow(binding);
            }
        }
        else
        {
            List(_byUser, binding.Id.User, binding.Id);
            ListFlow(binding);
        }

        _bindings[binding.Id] = binding;
        _byContact[binding.Contact.Uri] = binding.Id;
        if (binding.Gruu is { } gruu && GruuKey(gruu) is { } key)
        {
            _byGruu[key] = binding.Id;
        }
    }

    public bool Remove(EndpointId id, [NotNullWhen(true)] out Binding? binding)
    {
        if (!_bindings.Remove(id, out binding))
        {
            return false;
        }

        Unlist(_byUser, id.User, id);
        Unlist(_byFlow, binding.Flow, id);
        _byContact.Remove(binding.Contact.Uri);
        if (binding.Gruu is { } gruu && GruuKey(gruu) is { } key)
        {
            _byGruu.Remove(key);
        }

        return true;
    }

    public void Clear()
    {
        _bindings.Clear();
        _byUser.Clear();
        _byFlow.Clear();
        _byGruu.Clear();
        _byContact.Clear();
    }

    // A connection that is gone has no endpoints.
    private void ListFlow(Binding binding)
    {
        if (binding.IsConnected)
        {
            List(_byFlow, binding.Flow, binding.Id);
        }
    }

    // The user part is compared as the directory compares it; the opaque token is base64 and therefore exact.
    private static string? GruuKey(SipUri gruu) =>
        gruu.IsGruu && gruu.Parameters["opaque"] is { } opaque ? $"{gruu.User.ToLowerInvariant()}|{opaque}" : null;

    private static void List<TKey>(Dictionary<TKey, List<EndpointId>> index, TKey key, EndpointId id)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var ids))
        {
            index.Add(key, ids = []);
        }

        ids.Add(id);
    }

    private static void Unlist<TKey>(Dictionary<TKey, List<EndpointId>> index, TKey key, EndpointId id)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var ids) && ids.Remove(id) && ids.Count == 0)
        {
            index.Remove(key);
        }
    }

    private Binding[] Resolve(List<EndpointId>? ids) => ids is null ? [] : [.. ids.Select(id => _bindings[id])];
}
