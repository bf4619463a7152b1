namespace UcSdk.Storage.Sqlite;

/// <summary>A store's file cannot be used, or an operation on it has failed.</summary>
/// <param name="message">What is wrong, with the path of the file.</param>
/// <param name="fault">What it is.</param>
/// <param name="inner">What SQLite or the platform said; null when it said nothing.</param>
public sealed class StoreFileException(string message, StoreFileFault fault, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What is wrong with the file.</summary>
    public StoreFileFault Fault { get; } = fault;
}
