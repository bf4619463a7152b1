using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Counts wrong passwords by user name and by remote host. It counts what the client says, not what the store makes of it, so that its answers tell nobody
/// which names there are.
/// </summary>
/// <param name="limits">How many are taken.</param>
/// <param name="source">The server's name in diagnostics.</param>
/// <param name="now">The moment.</param>
internal sealed class GuessingGuard(GuessingLimits limits, string source, Func<Timestamp> now) : IProofGuard
{
    /// <summary>So much of a name is looked at: no real one is longer, and what is remembered of names has an end.</summary>
    public const int MaxNameLength = 256;

    private readonly Dictionary<Key, LinkedListNode<Count>> _counts = [];

    // Each count has the same time to live from its beginning, and again from its limit: the order of these moments is that of the ends.
    private readonly LinkedList<Count> _oldest = new();

    public MsDiagnostics Refusal { get; } = new(ServerDiagnostics.TooManyWrongPasswords.Id, ServerDiagnostics.TooManyWrongPasswords.Reason, source);

    /// <summary>Told when a user name or a host has reached its limit: which of both, and its text.</summary>
    public Action<bool, string>? LimitReached { get; init; }

    /// <summary>Names and hosts that are remembered.</summary>
    public int Remembered => _counts.Count;

    public bool Admits(string scheme, string login, SipFlow flow, bool isRight) => Admits(scheme, login, flow.Remote.Host, isRight);

    /// <inheritdoc cref="Admits(string, string, SipFlow, bool)"/>
    public bool Admits(string scheme, string login, string remoteHost, bool isRight)
    {
        if (scheme == ServerSchemes.Kerberos)
        {
            // A ticket is no guess: passwords are guessed at the KDC.
            return true;
        }

        Forget(now());
        var (user, host) = (new Key(false, NameOf(login)), new Key(true, remoteHost));
        if (IsFull(user) || IsFull(host))
        {
            return false;
        }

        if (!isRight)
        {
            Add(user);
            Add(host);
        }

        return true;
    }

    // alice, alice@contoso.test and CONTOSO\alice are one name: spelling it anew gives no further guesses.
    private static string NameOf(string login)
    {
        var name = NtlmName.Split(login).User;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        name = at < 0 ? name : name[..at];
        return (name.Length > MaxNameLength ? name[..MaxNameLength] : name).ToUpperInvariant();
    }

    private bool IsFull(Key key) => _counts.TryGetValue(key, out var node) && node.Value.Failures >= LimitOf(key);

    private int LimitOf(Key key) => key.IsHost ? limits.FailuresPerHost : limits.FailuresPerUser;

    private void Add(Key key)
    {
        if (!_counts.TryGetValue(key, out var node))
        {
            if (_counts.Count == limits.MaxRemembered)
            {
                Remove(_oldest.First!);
            }

            node = _oldest.AddLast(new Count(key, now() + limits.Window));
            _counts.Add(key, node);
        }

        if (++node.Value.Failures == LimitOf(key))
        {
            node.Value.Due = now() + limits.Window;
            _oldest.Remove(node);
            _oldest.AddLast(node);
            LimitReached?.Invoke(key.IsHost, key.Text);
        }
    }

    private void Forget(Timestamp moment)
    {
        while (_oldest.First is { } first && first.Value.Due <= moment)
        {
            Remove(first);
        }
    }

    private void Remove(LinkedListNode<Count> node)
    {
        _oldest.Remove(node);
        _counts.Remove(node.Value.Key);
    }

    private readonly record struct Key(bool IsHost, string Text);

    private sealed class Count(Key key, Timestamp due)
    {
        public Key Key => key;

        public Timestamp Due { get; set; } = due;

        public int Failures { get; set; }
    }
}
