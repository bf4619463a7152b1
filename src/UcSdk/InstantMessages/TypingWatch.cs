using UcSdk.Core;

namespace UcSdk;

/// <summary>Who of the others types. What nobody repeats ends by itself. On the loop only.</summary>
internal sealed class TypingWatch
{
    /// <summary>How long "types" holds in a session unless it is said again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    /// <summary>How long a peer may say that it holds.</summary>
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    private readonly ModelContext _context;
    private readonly ObservableList<Participant> _typing;
    private readonly Dictionary<Participant, Timestamp> _until = [];
    private readonly SharedDeadline _deadline;

    public TypingWatch(ModelContext context, SharedTimer timer, ObservableList<Participant> typing)
    {
        _context = context;
        _typing = typing;
        _deadline = timer.Add(Elapse);
    }

    public void Set(Participant who, bool types, TimeSpan? lifetime)
    {
        if (!types)
        {
            Clear(who);
            return;
        }

        var isNew = !_until.ContainsKey(who);
        var length = lifetime ?? Lifetime;
        _until[who] = _context.Loop.Now + (length > MaxLifetime ? MaxLifetime : length);
        if (isNew)
        {
            _typing.Add(who);
        }

        Arm();
    }

    public void Clear(Participant who)
    {
        if (_until.Remove(who))
        {
            _typing.Remove(who);
            Arm();
        }
    }

    public void ClearAll()
    {
        foreach (var who in _until.Keys.ToArray())
        {
            Clear(who);
        }
    }

    private void Elapse()
    {
        foreach (var (who, until) in _until.ToArray())
        {
            if (until <= _context.Loop.Now)
            {
                Clear(who);
            }
        }

        Arm();
    }

    private void Arm() => _deadline.Set(_until.Count == 0 ? null : _until.Values.Min());
}
