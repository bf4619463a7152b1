namespace UcSdk;

/// <summary>The server or the network makes a sign-in wait; the event <c>SignInDelayed</c> of the Lync client's object model.</summary>
/// <param name="EstimatedStartDelay">How long until the next attempt, if nothing brings it forward.</param>
/// <param name="NextAttempt">The wall clock then.</param>
/// <param name="StatusCode">
/// The SIP status of the refusal, or the one that stands for what happened: 408 no answer, 503 no connection. 0 when nothing failed: the first attempt after a
/// lost connection waits too.
/// </param>
/// <param name="Cause">What happened.</param>
public sealed record SignInDelay(TimeSpan EstimatedStartDelay, DateTimeOffset NextAttempt, int StatusCode, Exception? Cause);
