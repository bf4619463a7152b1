namespace UcSdk.Server;

/// <summary>One endpoint of one user: what a registration is for, and what a seat in a conference belongs to.</summary>
/// <param name="User">The address of record as <see cref="UserDirectory"/> writes it.</param>
/// <param name="Instance">
/// The endpoint among those of the user: its instance id (a UUID in lower case), for a client without one its epid, for one without
/// either its contact address.
/// </param>
/// <param name="FlowNumber">The number of the flow among those of the endpoint (reg-id, RFC 5626 §4.2); 0 for one that numbers none.</param>
internal readonly record struct EndpointId(string User, string Instance, int FlowNumber = 0)
{
    /// <summary>True when both are flows of one endpoint.</summary>
    public bool IsSameEndpoint(EndpointId other) => User == other.User && Instance == other.Instance;

    /// <summary>Never the user, who is user data.</summary>
    public override string ToString() => "endpoint " + Instance;
}
