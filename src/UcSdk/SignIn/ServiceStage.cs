namespace UcSdk;

/// <summary>What a service of a signed-in client does at one moment (<see cref="ServiceProgress"/>).</summary>
public enum ServiceStage
{
    /// <summary>It begins on a new connection, or once more on the same.</summary>
    Start,

    /// <summary>It has all that it needs of the server.</summary>
    Done,

    /// <summary>Server or network made it fail in passing; it begins again after a pause.</summary>
    Wait,

    /// <summary>The server refused it; it stays off until the next connection.</summary>
    Fail,

    /// <summary>It has ended with its connection.</summary>
    Stop,
}
