using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What became of a C3P request: a final response, also for a failure, or an error that is told in SIP ([MS-OCER] §7.4).</summary>
internal readonly record struct C3pOutcome(C3pResponse? Response, C3pError? Refusal)
{
    public static implicit operator C3pOutcome(C3pResponse response) => new(response, null);

    public static implicit operator C3pOutcome(C3pError refusal) => new(null, refusal);
}
