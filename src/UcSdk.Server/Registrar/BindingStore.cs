using System.Diagnostics.CodeAnalysis;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>The registered endpoints, found by user, by connection and by GRUU.</summary>
internal sealed class BindingStore
{
    // Addresses of the usual length are looked up without making their text.
    private const int LookupRoom = 256;

    private readonly Dictionary<EndpointId, Binding> _bindings = [];
    private readonly Dictionary<string, Listed> _byUser = new(StringComparer.Ordinal);
    private readonly Dictionary<SipFlow, Listed> _byFlow = [];
    private readonly Dictionary<string, Listed> _byGruu = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Listed> _byGruuText = new(StringComparer.Ordinal);
    private readonly Dictionary<long, EndpointId> _byTemporaryNumber = [];
    private readonly Dictionary<string, EndpointId> _byContact = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _bindings.Count;

    public IEnumerable<Binding> All => _bindings.Values;

    public bool TryGet(EndpointId id, [NotNullWhen(true)] out Binding? binding) => _bindings.TryGetValue(id, out binding);

    /// <summary>The user's endpoints, the longest registered first.</summary>
    public IReadOnlyList<Binding> OfUser(string user) => Resolve(_byUser.GetValueOrDefault(user));

    /// <summary>The endpoints registered on a connection, the longest registered first.</summary>
    public IReadOnlyList<Binding> OnFlow(SipFlow flow) => Resolve(_byFlow.GetValueOrDefault(flow));

    /// <summary>The flows of the endpoint with that GRUU.</summary>
    public IReadOnlyList<Binding> OfGruu(SipUri gruu)
    {
        // Peers give it back as they were told it, which needs no key to be made.
        if (_byGruuText.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(gruu.TextIn(stackalloc char[LookupRoom]), out var told))
        {
            return Resolve(told);
        }

        return GruuKey(gruu) is { } key ? Resolve(_byGruu.GetValueOrDefault(key)) : [];
    }

    /// <summary>The registration whose temporary GRUUs have that number.</summary>
    public bool TryGetByTemporaryNumber(long number, [NotNullWhen(true)] out Binding? binding)
    {
        binding = null;
        return _byTemporaryNumber.TryGetValue(number, out var id) && _bindings.TryGetValue(id, out binding);
    }

    /// <summary>The endpoint that was told that its Contact is this.</summary>
    public bool TryGetByContact(SipUri contact, [NotNullWhen(true)] out Binding? binding)
    {
        binding = null;
        return _byContact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(contact.TextIn(stackalloc char[LookupRoom]), out var id) && _bindings.TryGetValue(id, out binding);
    }

    /// <summary>Adds a binding, or puts it in the place of the endpoint's earlier one.</summary>
    public void Put(Binding binding)
    {
        if (_bindings.TryGetValue(binding.Id, out var earlier))
        {
            Unindex(earlier);
        }
        else
        {
            List(_byUser, binding.Id.User, binding.Id);
        }

        _byUser[binding.Id.User].Forget();
        _bindings[binding.Id] = binding;
        _byContact[binding.Contact.Uri.Text] = binding.Id;
        if (binding.IsConnected)
        {
            // A connection that is gone has no endpoints.
            List(_byFlow, binding.Flow, binding.Id);
        }

        if (binding.Gruu is { } gruu && GruuKey(gruu) is { } key)
        {
            List(_byGruu, key, binding.Id);
            List(_byGruuText, gruu.Text, binding.Id);
        }

        if (binding.TemporaryNumber is { } number)
        {
            _byTemporaryNumber[number] = binding.Id;
        }
    }

    public bool Remove(EndpointId id, [NotNullWhen(true)] out Binding? binding)
    {
        if (!_bindings.Remove(id, out binding))
        {
            return false;
        }

        Unlist(_byUser, id.User, id);
        Unindex(binding);
        return true;
    }

    public void Clear()
    {
        _bindings.Clear();
        _byUser.Clear();
        _byFlow.Clear();
        _byGruu.Clear();
        _byGruuText.Clear();
        _byContact.Clear();
        _byTemporaryNumber.Clear();
    }

    private void Unindex(Binding binding)
    {
        Unlist(_byFlow, binding.Flow, binding.Id);
        if (_byContact.GetValueOrDefault(binding.Contact.Uri.Text) == binding.Id)
        {
            // Two flows of one endpoint may have the same Contact; it is the later one's.
            _byContact.Remove(binding.Contact.Uri.Text);
        }

        if (binding.Gruu is { } gruu && GruuKey(gruu) is { } key)
        {
            Unlist(_byGruu, key, binding.Id);
            Unlist(_byGruuText, gruu.Text, binding.Id);
        }

        if (binding.TemporaryNumber is { } number)
        {
            _byTemporaryNumber.Remove(number);
        }
    }

    // The user part is compared as the directory compares it; the opaque token is base64 and therefore exact.
    private static string? GruuKey(SipUri gruu) =>
        gruu.IsGruu && gruu.Parameters["opaque"] is { } opaque ? $"{gruu.User.ToLowerInvariant()}|{opaque}" : null;

    private static void List<TKey>(Dictionary<TKey, Listed> index, TKey key, EndpointId id)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var listed))
        {
            index.Add(key, listed = new());
        }

        listed.Ids.Add(id);
        listed.Forget();
    }

    private static void Unlist<TKey>(Dictionary<TKey, Listed> index, TKey key, EndpointId id)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var listed) && listed.Ids.Remove(id))
        {
            listed.Forget();
            if (listed.Ids.Count == 0)
            {
                index.Remove(key);
            }
        }
    }

    private Binding[] Resolve(Listed? listed) => listed is null ? [] : listed.Bindings ??= [.. listed.Ids.Select(id => _bindings[id])];

    /// <summary>Endpoints under one key, and their bindings, which are found anew only when one of them has changed: nobody changes the array.</summary>
    private sealed class Listed
    {
        public List<EndpointId> Ids { get; } = new(1);

        public Binding[]? Bindings { get; set; }

        public void Forget() => Bindings = null;
    }
}
