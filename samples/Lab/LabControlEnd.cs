namespace Lab;

/// <summary>Why the Lab follows no more commands.</summary>
internal enum LabControlEnd
{
    /// <summary>Nobody gives any; the server goes on.</summary>
    EndOfInput,

    /// <summary>The server is to break all connections and start again where it was.</summary>
    Restart,

    /// <summary>The server is to end.</summary>
    Stop,
}
