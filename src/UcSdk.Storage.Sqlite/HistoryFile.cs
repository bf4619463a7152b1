using Microsoft.Data.Sqlite;

namespace UcSdk.Storage.Sqlite;

/// <summary>A history's file, opened. Everything here blocks, and is called by one thread at a time.</summary>
internal sealed class HistoryFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private HistoryFile(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>Opens the file, or makes it.</summary>
    /// <exception cref="StoreFileException">It cannot be used.</exception>
    public static HistoryFile Open(string path, TimeSpan patience) => new(StoreConnection.Open(path, patience, StoreSchema.History), path);

    public void Append(IReadOnlyList<HistoryMessage> messages)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            using var put = Prepare(
                """
                INSERT INTO message (id, conversation, time, content) VALUES ($id, $conversation, $time, $content)
                ON CONFLICT (id) DO UPDATE SET conversation = excluded.conversation, time = excluded.time, content = excluded.content
                """,
                transaction,
                ("$id", SqliteType.Text),
                ("$conversation", SqliteType.Text),
                ("$time", SqliteType.Integer),
                ("$content", SqliteType.Blob));
            using var find = Prepare("SELECT number FROM message WHERE id = $id", transaction, ("$id", SqliteType.Text));
            using var forget = Prepare("DELETE FROM person WHERE message = $message", transaction, ("$message", SqliteType.Integer));
            using var name = Prepare("INSERT OR IGNORE INTO person (message, address) VALUES ($message, $address)", transaction, ("$message", SqliteType.Integer), ("$address", SqliteType.Text));
            foreach (var message in messages)
            {
                put.Parameters["$id"].Value = message.Id;
                put.Parameters["$conversation"].Value = message.ConversationId;
                put.Parameters["$time"].Value = message.Time.UtcTicks;
                put.Parameters["$content"].Value = message.ToJson();
                put.ExecuteNonQuery();
                find.Parameters["$id"].Value = message.Id;
                var number = find.ExecuteScalar();
                forget.Parameters["$message"].Value = number;
                forget.ExecuteNonQuery();
                name.Parameters["$message"].Value = number;
                foreach (var person in message.Recipients.Append(message.Sender))
                {
                    name.Parameters["$address"].Value = Key(person);
                    name.ExecuteNonQuery();
                }
            }

            transaction.Commit();
        }
        catch (SqliteException failure)
        {
            // A transaction that is disposed without commit is rolled back.
            throw StoreConnection.Explain(failure, _path);
        }
    }

    public IReadOnlyList<HistoryMessage> Find(HistoryQuery query)
    {
        try
        {
            using var command = _connection.CreateCommand();
            var wanted = new List<string>();
            Want(query.ConversationId, "conversation = $conversation", "$conversation");
            Want(query.From?.UtcTicks, "time >= $from", "$from");
            Want(query.Until?.UtcTicks, "time < $until", "$until");
            Want(query.Person is { } person ? Key(person) : null, "number IN (SELECT message FROM person WHERE address = $person)", "$person");
            command.Parameters.AddWithValue("$count", query.MaxCount);
            // Only the conditions above are put together; what users say are parameters.
            command.CommandText = $"SELECT content FROM message {(wanted.Count == 0 ? "" : "WHERE " + string.Join(" AND ", wanted))} ORDER BY time DESC, number DESC LIMIT $count";
            using var reader = command.ExecuteReader();
            var found = new List<HistoryMessage>();
            while (reader.Read())
            {
                if (!HistoryMessage.TryReadJson(reader.GetFieldValue<byte[]>(0), out var message, out var error))
                {
                    throw new StoreFileException($"The store {_path} holds a message that cannot be read: {error}.", StoreFileFault.Damaged);
                }

                found.Add(message);
            }

            found.Reverse();
            return found;

            void Want(object? value, string condition, string parameter)
            {
                if (value is not null)
                {
                    wanted.Add(condition);
                    command.Parameters.AddWithValue(parameter, value);
                }
            }
        }
        catch (SqliteException failure)
        {
            throw StoreConnection.Explain(failure, _path);
        }
    }

    public void Dispose() => _connection.Dispose();

    private static string Key(string person) => person.ToLowerInvariant();

    private SqliteCommand Prepare(string sql, SqliteTransaction transaction, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, type) in parameters)
        {
            command.Parameters.Add(name, type);
        }

        return command;
    }
}
