namespace UcSdk.Sip;

/// <summary>
/// Which of the schemes that a server offers is answered: the first of our own order that it offers and that has not failed. What a server has
/// once shown itself to be able to, it is held to, since whoever stands between may leave the better offers out.
/// </summary>
/// <param name="schemes">What is known here, the preferred first.</param>
internal sealed class SchemeChoice(IReadOnlyList<ISipCredentialScheme> schemes)
{
    /// <summary>How many servers' realms are remembered; one more, and the oldest is forgotten.</summary>
    public const int MaxServers = CredentialCache.MaxSpaces;

    private readonly List<Server> _servers = [];

    /// <summary>True when one of the challenges can be answered by a scheme that signs messages afterwards.</summary>
    public bool HasSignatures(IEnumerable<AuthField> challenges) =>
        challenges.Any(challenge => schemes.OfType<AssociationScheme>().Any(scheme => challenge.IsScheme(scheme.Name) && scheme.CanAnswer(challenge)));

    /// <summary>Chooses; null when nothing is left, and the trail says why.</summary>
    /// <param name="kind">Who challenges.</param>
    /// <param name="realm">For which realm.</param>
    /// <param name="method">What is challenged. A registrar is held to its best in whatever realm.</param>
    /// <param name="remote">The server that the flow leads to.</param>
    /// <param name="challenges">What is offered for that realm.</param>
    /// <param name="standing">The scheme of an association that stands, which comes first; null for none.</param>
    /// <param name="trail">What the request has tried; what is refused here is added.</param>
    public (ISipCredentialScheme Scheme, AuthField Challenge)? Choose(
        ChallengeKind kind,
        string realm,
        SipMethod method,
        SipTransportAddress remote,
        IReadOnlyList<AuthField> challenges,
        ISipCredentialScheme? standing,
        AuthenticationTrail trail)
    {
        var server = Find(kind, realm, remote);
        var strongest = method == SipMethod.Register ? Math.Min(server.Strongest, Find(kind, null, remote).Strongest) : server.Strongest;
        foreach (var (rank, scheme) in schemes.Index().OrderBy(entry => entry.Item != standing))
        {
            // RFC 8760 §2.4: within a scheme the server has put its preferred one on top.
            if (trail.HasFailed(kind, realm, scheme.Name)
                || challenges.FirstOrDefault(challenge => challenge.IsScheme(scheme.Name) && scheme.CanAnswer(challenge)) is not { } challenge)
            {
                continue;
            }

            if (rank > strongest)
            {
                trail.Add(kind, realm, scheme.Name, $"weaker than {schemes[strongest].Name}, with which this server has been satisfied");
            }
            else if (scheme.VersionOf(challenge) < server.VersionOf(scheme.Name))
            {
                trail.Add(kind, realm, scheme.Name, "the server offers a lower version than before");
            }
            else
            {
                return (scheme, challenge);
            }
        }

        return null;
    }

    /// <summary>
    /// The server has accepted what a scheme gave it: that, and in that version, it gets from now on. What challenges say alone binds nobody: they may be somebody else's.
    /// </summary>
    public void Accepted(ChallengeKind kind, string realm, SipMethod method, SipTransportAddress remote, ISipAuthentication authentication)
    {
        for (var rank = 0; rank < schemes.Count; rank++)
        {
            if (schemes[rank] == authentication.Scheme)
            {
                var server = Find(kind, realm, remote);
                server.Keep(rank);
                server.KeepVersion(authentication.Scheme.Name, authentication.Version);
                if (method == SipMethod.Register)
                {
                    Find(kind, null, remote).Keep(rank);
                }
            }
        }
    }

    private Server Find(ChallengeKind kind, string? realm, SipTransportAddress remote)
    {
        if (_servers.Find(server => server.Is(kind, realm, remote)) is { } known)
        {
            return known;
        }

        if (_servers.Count == MaxServers)
        {
            _servers.RemoveAt(0);
        }

        var added = new Server(kind, realm, remote);
        _servers.Add(added);
        return added;
    }

    // Without a realm it is the registrar, whatever it names its realms.
    private sealed class Server(ChallengeKind kind, string? realm, SipTransportAddress remote)
    {
        private readonly Dictionary<string, int> _versions = new(StringComparer.OrdinalIgnoreCase);

        /// <summary>The rank of the strongest scheme that was accepted.</summary>
        public int Strongest { get; private set; } = int.MaxValue;

        public void Keep(int rank) => Strongest = Math.Min(Strongest, rank);

        public bool Is(ChallengeKind otherKind, string? otherRealm, SipTransportAddress other) =>
            kind == otherKind && realm == otherRealm && remote.Port == other.Port && remote.Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase);

        /// <summary>The highest version in which a scheme was accepted; 0 for none.</summary>
        public int VersionOf(string scheme) => _versions.GetValueOrDefault(scheme);

        public void KeepVersion(string scheme, int version)
        {
            if (version > VersionOf(scheme))
            {
                _versions[scheme] = version;
            }
        }
    }
}
