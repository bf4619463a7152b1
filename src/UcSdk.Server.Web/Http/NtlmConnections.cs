using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server.Web;

/// <summary>
/// The handshakes of NTLM over HTTP ([MS-NTHT] §3.2): three messages on one connection, which is proven from then on, for a while. On the loop only.
/// </summary>
internal sealed class NtlmConnections(ConnectionLogins logins, Func<Timestamp> now, int maxConnections)
{
    /// <summary>How long a handshake may take, and how long a connection is proven.</summary>
    public static readonly TimeSpan HandshakeLifetime = TimeSpan.FromSeconds(32);

    /// <summary>How long a proven connection stays so.</summary>
    public static readonly TimeSpan ProvenLifetime = TimeSpan.FromMinutes(5);

    public const string Scheme = "NTLM";

    // A token of 16 kB in base64.
    private const int MaxTokenCharacters = 22 * 1024;

    private readonly Dictionary<object, Entry> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly LinkedList<object> _oldest = new();

    /// <summary>Told why a handshake was refused, in words without secrets or names of users.</summary>
    public Action<string>? Refused { get; init; }

    public int Count => _entries.Count;

    /// <summary>The account that the connection has proven; null for none.</summary>
    public string? ProvenBy(object connection) => Find(connection)?.Login;

    /// <summary>Takes the value of <c>Authorization</c>, which is not to be trusted in anything.</summary>
    public HandshakeOutcome Advance(object connection, string host, string authorization)
    {
        if (!authorization.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase) || ReadToken(authorization[(Scheme.Length + 1)..]) is not { } token)
        {
            Forget(connection);
            return default;
        }

        // A NEGOTIATE message begins anew, whatever stood before.
        if (NtlmNegotiate.TryParse(token, out _, out _))
        {
            Forget(connection);
        }

        var entry = Find(connection) ?? Add(connection);
        var step = entry.Context.Advance(token);
        switch (step.Status)
        {
            case SecurityContextStatus.Continue:
                return new(step.Token, null, false);
            case SecurityContextStatus.Established:
                var login = entry.Context.Peer!;
                if (!logins.Admits(login, host, isRight: true))
                {
                    Forget(connection);
                    return new(null, null, true);
                }

                entry.Prove(login, now() + ProvenLifetime);
                return new(null, login, false);
            default:
                Forget(connection);
                Refused?.Invoke(step.Why ?? "");
                return new(null, null, step.Login is { } tried && !logins.Admits(tried, host, isRight: false));
        }
    }

    public void Forget(object connection)
    {
        if (_entries.Remove(connection, out var entry))
        {
            _oldest.Remove(entry.Place);
            entry.Context.Dispose();
        }
    }

    public void Clear()
    {
        foreach (var connection in _entries.Keys.ToArray())
        {
            Forget(connection);
        }
    }

    private static byte[]? ReadToken(string text)
    {
        var token = new byte[Math.Min(text.Length, MaxTokenCharacters)];
        return text.Length <= MaxTokenCharacters && Convert.TryFromBase64String(text.Trim(), token, out var length) ? token[..length] : null;
    }

    private Entry? Find(object connection)
    {
        if (_entries.TryGetValue(connection, out var entry) && entry.Due <= now())
        {
            Forget(connection);
            return null;
        }

        return entry;
    }

    private Entry Add(object connection)
    {
        if (_entries.Count == maxConnections)
        {
            Forget(_oldest.First!.Value);
        }

        var entry = new Entry(logins.Begin(), _oldest.AddLast(connection), now() + HandshakeLifetime);
        _entries.Add(connection, entry);
        return entry;
    }

    private sealed class Entry(ISecurityContext context, LinkedListNode<object> place, Timestamp due)
    {
        public ISecurityContext Context => context;

        public LinkedListNode<object> Place => place;

        public Timestamp Due { get; private set; } = due;

        public string? Login { get; private set; }

        public void Prove(string login, Timestamp until) => (Login, Due) = (login, until);
    }
}
