namespace UcSdk.Server;

/// <summary>One endpoint of one user: what a registration is for, and what a seat in a conference belongs to.</summary>
/// <param name="User">The address of record as <see cref="UserDirectory"/> writes it.</param>
/// <param name="Instance">
/// The endpoint among those of the user: its instance id (a UUID in lower case), for a client without one its epid, for one without
/// either its contact address.
/// </param>
internal readonly record struct EndpointId(string User, string Instance)
{
    /// <summary>Never the user, who is user data.</summary>
    public override string ToString() => "endpoint " + Instance;
}
