namespace UcSdk.Sip;

/// <summary>Which schemes one request has tried for which realms, and why each failed: what its user is told when nothing is left to try.</summary>
internal sealed class AuthenticationTrail
{
    private readonly List<(ChallengeKind Kind, string Realm, string Scheme, string Why)> _failures = [];

    public int Count => _failures.Count;

    /// <summary>What was tried, in order; a scheme that failed for two realms stands there twice.</summary>
    public IReadOnlyList<(string Scheme, string Why)> Failures => [.. _failures.Select(failure => (failure.Scheme, failure.Why))];

    public bool HasFailed(ChallengeKind kind, string realm, string? scheme = null) =>
        _failures.Exists(failure => failure.Kind == kind && failure.Realm == realm && (scheme is null || failure.Scheme == scheme));

    public void Add(ChallengeKind kind, string realm, string scheme, string why)
    {
        if (!HasFailed(kind, realm, scheme))
        {
            _failures.Add((kind, realm, scheme, why));
        }
    }

    /// <summary>In order, e.g. <c>Kerberos: no ticket; NTLM: the server did not accept the user's name and password</c>.</summary>
    public override string ToString() => string.Join("; ", After(0));

    /// <summary>What was added after so many.</summary>
    public IEnumerable<string> After(int count) => _failures.Skip(count).Select(failure => $"{failure.Scheme}: {failure.Why}");
}
