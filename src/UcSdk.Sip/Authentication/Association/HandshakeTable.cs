using System.Diagnostics.CodeAnalysis;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// The handshakes that wait for their clients' next step. What nobody goes on with costs memory only up to the limits: the oldest of a flow, or of all, makes room,
/// and its client is challenged anew.
/// </summary>
internal sealed class HandshakeTable(AssociationServerOptions options)
{
    private readonly Dictionary<SipFlow, List<ServerHandshake>> _byFlow = [];

    // All have the same time to go on, so the order of arrival is that of their ends.
    private readonly LinkedList<ServerHandshake> _oldest = new();

    public int Count => _oldest.Count;

    /// <summary>When the oldest is forgotten; null for none.</summary>
    public Timestamp? NextDeadline => _oldest.First?.Value.Due;

    /// <summary>Forgets what nobody has gone on with in time.</summary>
    public void Expire(Timestamp now)
    {
        while (_oldest.First?.Value is { } first && first.Due <= now)
        {
            End(first);
        }
    }

    public void Add(ServerHandshake handshake, Timestamp now)
    {
        Expire(now);
        if (_byFlow.GetValueOrDefault(handshake.Flow) is { } others && others.Count >= options.MaxHandshakesPerFlow)
        {
            End(others[0]);
        }

        if (Count >= options.MaxHandshakes)
        {
            End(_oldest.First!.Value);
        }

        if (!_byFlow.TryGetValue(handshake.Flow, out var ofFlow))
        {
            _byFlow.Add(handshake.Flow, ofFlow = []);
        }

        handshake.Due = now + options.HandshakeLifetime;
        handshake.Place = _oldest.AddLast(handshake);
        ofFlow.Add(handshake);
    }

    public bool Contains(SipFlow flow, string opaque) => Find(flow, opaque) is not null;

    /// <summary>Takes a handshake out: one step is made with it, and a repeated step finds none.</summary>
    public bool TryTake(SipFlow flow, string opaque, AssociationOffer offer, Timestamp now, [NotNullWhen(true)] out ServerHandshake? handshake)
    {
        Expire(now);
        handshake = Find(flow, opaque) is { } found && found.Offer == offer ? found : null;
        if (handshake is not null)
        {
            Remove(handshake);
        }

        return handshake is not null;
    }

    public void CloseFlow(SipFlow flow)
    {
        while (_byFlow.GetValueOrDefault(flow) is [var first, ..])
        {
            End(first);
        }
    }

    public void Clear()
    {
        while (_oldest.First is { } first)
        {
            End(first.Value);
        }
    }

    private ServerHandshake? Find(SipFlow flow, string opaque) => _byFlow.GetValueOrDefault(flow)?.Find(handshake => handshake.Opaque == opaque);

    private void End(ServerHandshake handshake)
    {
        Remove(handshake);
        handshake.Dispose();
    }

    private void Remove(ServerHandshake handshake)
    {
        _oldest.Remove(handshake.Place!);
        var ofFlow = _byFlow[handshake.Flow];
        ofFlow.Remove(handshake);
        if (ofFlow.Count == 0)
        {
            _byFlow.Remove(handshake.Flow);
        }
    }
}
