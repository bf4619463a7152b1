using Microsoft.Data.Sqlite;
using UcSdk.Server;

namespace UcSdk.Storage.Sqlite;

/// <summary>A store's file, opened. Everything here blocks, and is called by one thread at a time.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private StoreFile(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="patience">How long another server may still hold it.</param>
    /// <exception cref="StoreFileException">It cannot be used.</exception>
    public static StoreFile Open(string path, TimeSpan patience)
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
            // Two servers on one file would each overwrite what the other keeps.
            StoreSchema.Execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
            StoreSchema.Prepare(connection, path);
            StoreSchema.Execute(connection, "PRAGMA journal_mode = WAL");
            return new StoreFile(connection, path);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            throw Explain(failure, path);
        }
    }

    public IReadOnlyList<StoreRecord> Load()
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT user, kind, key, content FROM record";
            using var reader = command.ExecuteReader();
            var records = new List<StoreRecord>();
            while (reader.Read())
            {
                records.Add(new StoreRecord(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3)));
            }

            return records;
        }
        catch (SqliteException failure)
        {
            throw Explain(failure, _path);
        }
    }

    public void Save(IReadOnlyList<StoreChange> changes)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            using var put = Prepare("INSERT INTO record (user, kind, key, content) VALUES ($user, $kind, $key, $content) ON CONFLICT DO UPDATE SET content = excluded.content", transaction);
            using var remove = Prepare("DELETE FROM record WHERE user = $user AND kind = $kind AND key = $key", transaction);
            put.Parameters.Add("$content", SqliteType.Blob);
            foreach (var change in changes)
            {
                var command = change.Content is null ? remove : put;
                command.Parameters["$user"].Value = change.User;
                command.Parameters["$kind"].Value = change.Kind;
                command.Parameters["$key"].Value = change.Key;
                if (change.Content is { } content)
                {
                    command.Parameters["$content"].Value = content.ToArray();
                }

                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
        catch (SqliteException failure)
        {
            // A transaction that is disposed without commit is rolled back.
            throw Explain(failure, _path);
        }
    }

    public void Dispose() => _connection.Dispose();

    // A list of people's contacts is nobody else's business, whatever the process's mask says.
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
    private static Exception Explain(Exception failure, string path) => failure switch
    {
        StoreFileException => failure,
        SqliteException { SqliteErrorCode: 11 or 26 } => new StoreFileException($"The store {path} is damaged, or no SQLite file.", StoreFileFault.Damaged, failure),
        SqliteException { SqliteErrorCode: 5 or 6 } => new StoreFileException($"Another server uses the store {path}.", StoreFileFault.InUse, failure),
        SqliteException or IOException or UnauthorizedAccessException =>
            new StoreFileException($"The store {path} cannot be read or written: {failure.Message}", StoreFileFault.NotAccessible, failure),
        _ => failure,
    };

    private SqliteCommand Prepare(string sql, SqliteTransaction transaction)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.Parameters.Add("$user", SqliteType.Text);
        command.Parameters.Add("$kind", SqliteType.Text);
        command.Parameters.Add("$key", SqliteType.Text);
        return command;
    }
}
