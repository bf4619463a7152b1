using Microsoft.Data.Sqlite;

namespace UcSdk.Storage.Sqlite;

/// <summary>Opens files, and says what is wrong with them.</summary>
internal static class StoreConnection
{
    /// <summary>Opens the file, or makes it, with the tables of its kind.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="patience">How long another process may still hold it.</param>
    /// <param name="schema">Its kind.</param>
    /// <exception cref="StoreFileException">It cannot be used.</exception>
    public static SqliteConnection Open(string path, TimeSpan patience, StoreSchema schema)
    {
        SqliteConnection? connection = null;
        try
        {
            Create(path);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
            }.ConnectionString);
            connection.Open();
            // Two processes on one file would each overwrite what the other keeps.
            StoreSchema.Execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
            schema.Prepare(connection, path);
            StoreSchema.Execute(connection, "PRAGMA journal_mode = WAL");
            return connection;
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            throw Explain(failure, path);
        }
    }

    // What people keep is nobody else's business, whatever the process's mask says.
    private static void Create(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var created = new FileStream(path, options);
    }

    // SQLite's result codes: https://www.sqlite.org/rescode.html
    public static Exception Explain(Exception failure, string path) => failure switch
    {
        StoreFileException => failure,
        SqliteException { SqliteErrorCode: 11 or 26 } => new StoreFileException($"The store {path} is damaged, or no SQLite file.", StoreFileFault.Damaged, failure),
        SqliteException { SqliteErrorCode: 5 or 6 } => new StoreFileException($"Another process uses the store {path}.", StoreFileFault.InUse, failure),
        SqliteException or IOException or UnauthorizedAccessException =>
            new StoreFileException($"The store {path} cannot be read or written: {failure.Message}", StoreFileFault.NotAccessible, failure),
        _ => failure,
    };
}
