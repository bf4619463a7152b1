using System.Diagnostics.CodeAnalysis;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// The conferences of the server by their focus URI. An expired one that nobody is in is deleted when the next question comes by, so an
/// idle server needs no timer for it ([MS-CONFPRO] §2.2.1.2: it may be deleted, at any time afterwards).
/// </summary>
internal sealed class ConferenceStore(TimeProvider time)
{
    private readonly Dictionary<ConferenceUri, Focus> _conferences = [];

    public IReadOnlyCollection<Focus> All => _conferences.Values;

    /// <summary>The conference that the URI of any of its parts belongs to.</summary>
    public bool TryGet(ConferenceUri part, [NotNullWhen(true)] out Focus? focus)
    {
        focus = null;
        return part.Id is not null && _conferences.TryGetValue(part.For(ConferenceEntityTypes.Focus), out focus) && !DeleteIfExpired(focus);
    }

    public int CountOf(string organizer)
    {
        foreach (var focus in _conferences.Values.ToArray())
        {
            DeleteIfExpired(focus);
        }

        return _conferences.Values.Count(focus => focus.Profile.Organizer == organizer);
    }

    public void Add(Focus focus) => _conferences.Add(focus.Profile.Focus, focus);

    public void Remove(Focus focus) => _conferences.Remove(focus.Profile.Focus);

    public void Clear() => _conferences.Clear();

    private bool DeleteIfExpired(Focus focus)
    {
        if (focus.State == FocusState.Active || !focus.Profile.HasExpired(time.GetUtcNow()))
        {
            return false;
        }

        // Nobody is in it, so nobody needs to be told.
        focus.Delete([]);
        Remove(focus);
        return true;
    }
}
