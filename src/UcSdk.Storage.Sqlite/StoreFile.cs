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
    public static StoreFile Open(string path, TimeSpan patience) => new(StoreConnection.Open(path, patience, StoreSchema.Server), path);

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
            throw StoreConnection.Explain(failure, _path);
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
            throw StoreConnection.Explain(failure, _path);
        }
    }

    public void Dispose() => _connection.Dispose();

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
