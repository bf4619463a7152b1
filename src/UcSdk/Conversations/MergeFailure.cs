namespace UcSdk;

/// <summary>Somebody who could not come when two conversations became one.</summary>
/// <param name="Uri">Who, <c>sip:user@domain</c>.</param>
/// <param name="Cause">
/// Why: a <see cref="FailureResponseException"/> where the person declined or is not there, a <see cref="TimeoutException"/> where they accepted and did not come within 30 s.
/// </param>
public sealed record MergeFailure(string Uri, Exception Cause)
{
    /// <summary>Why; never who.</summary>
    public override string ToString() => Cause.GetType().Name;
}
