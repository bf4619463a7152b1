namespace UcSdk;

/// <summary>
/// Knows when the user uses the computer: from keyboard and mouse, from a web page's own events, from anything. With one, a client tells whether its user is active, inactive
/// or away (<see cref="PresenceOptions.ActivitySource"/>).
/// </summary>
public interface IUserActivitySource
{
    /// <summary>Begins to tell; the client disposes the outcome when its connection ends, and may begin again.</summary>
    /// <param name="active">To be called, from any thread, when the user does something. Calls within a second of each other count as one.</param>
    IDisposable Subscribe(Action active);
}
