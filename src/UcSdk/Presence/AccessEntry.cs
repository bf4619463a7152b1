namespace UcSdk;

/// <summary>Who has an access level.</summary>
/// <param name="Scope">Whom it is about.</param>
/// <param name="Id">The person, <c>sip:user@domain</c>, or the domain; empty for the other scopes.</param>
/// <param name="Level">The level.</param>
public sealed record AccessEntry(AccessEntryScope Scope, string Id, AccessLevel Level)
{
    /// <summary>Scope and level; never who.</summary>
    public override string ToString() => $"{Scope}: {Level}";
}
