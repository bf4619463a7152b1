using Microsoft.Data.Sqlite;

namespace UcSdk.Storage.Sqlite;

/// <summary>
/// The tables of a store's file. The file says by its <c>application_id</c> that it is one, and by its <c>user_version</c> which; an older one is brought up
/// to date in steps, each in the same transaction as the number that says so.
/// </summary>
internal sealed class StoreSchema
{
    /// <summary>What a server's users make; its application id is <c>UcSv</c>, which <c>file</c> and its like see at offset 68.</summary>
    public static readonly StoreSchema Server = new(
        0x55635376,
        """
        CREATE TABLE record (
          user TEXT NOT NULL,
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (user, kind, key)
        ) WITHOUT ROWID
        """);

    /// <summary>What people said to each other; its application id is <c>UcHi</c>. Times are ticks of UTC, so that they sort.</summary>
    public static readonly StoreSchema History = new(
        0x55634869,
        """
        CREATE TABLE message (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          conversation TEXT NOT NULL,
          time INTEGER NOT NULL,
          content BLOB NOT NULL
        );
        CREATE INDEX message_time ON message (time);
        CREATE INDEX message_conversation ON message (conversation, time);
        CREATE TABLE person (
          message INTEGER NOT NULL REFERENCES message (number),
          address TEXT NOT NULL,
          PRIMARY KEY (address, message)
        ) WITHOUT ROWID;
        CREATE INDEX person_message ON person (message)
        """);

    private readonly string[] _steps;

    private StoreSchema(long applicationId, params string[] steps)
    {
        ApplicationId = applicationId;
        _steps = steps;
    }

    /// <summary>By what a file says that it is of this kind.</summary>
    public long ApplicationId { get; }

    /// <summary>The version that this library writes.</summary>
    public int Version => _steps.Length;

    /// <summary>Checks whose file it is and whether it is whole, and makes or updates its tables.</summary>
    /// <exception cref="StoreFileException">It is damaged, another program's, or too new; nothing was changed.</exception>
    public void Prepare(SqliteConnection connection, string path)
    {
        Verify(connection, path);
        using var transaction = connection.BeginTransaction();
        for (var version = (int)Read(connection, "PRAGMA user_version"); version < Version; version++)
        {
            Execute(connection, _steps[version]);
            Execute(connection, $"PRAGMA user_version = {version + 1}");
        }

        Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        transaction.Commit();
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Verify(SqliteConnection connection, string path)
    {
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (check.ExecuteScalar() is not "ok")
        {
            throw new StoreFileException($"The store {path} is damaged.", StoreFileFault.Damaged);
        }

        var application = Read(connection, "PRAGMA application_id");
        if (application != ApplicationId && (application != 0 || Read(connection, "SELECT count(*) FROM sqlite_master") > 0))
        {
            throw new StoreFileException($"The file {path} is a database of another program.", StoreFileFault.Foreign);
        }

        if (Read(connection, "PRAGMA user_version") is var version && version > Version)
        {
            throw new StoreFileException($"The store {path} has version {version}, and this library knows versions up to {Version}.", StoreFileFault.TooNew);
        }
    }

    private static long Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
