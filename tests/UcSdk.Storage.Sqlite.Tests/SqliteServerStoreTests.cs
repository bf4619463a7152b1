using System.Text;
using Microsoft.Data.Sqlite;
using UcSdk.Core;
using UcSdk.Server;

namespace UcSdk.Storage.Sqlite.Tests;

/// <summary>Files that are new, old, full, damaged, foreign and shared. Blocking work runs where it is asked for, so nothing here waits.</summary>
public sealed class SqliteServerStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ucsdk-store-");

    private string File => Path.Combine(_folder.FullName, "lab.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_one_life_kept_the_next_one_reads()
    {
        await using (var first = Open())
        {
            Assert.Empty(await first.LoadAsync(TestContext.Current.CancellationToken));
            await Save(first, Put("a", "1"), Put("b", "2"), Put("c", "3"), new StoreChange("sip:bob@x", "contact", "a", Bytes("bob's")));
            await Save(first, Put("b", "two"), Remove("c"), Remove("never there"));
        }

        await using var second = Open();
        Assert.Equal(["sip:alice@x contact a=1", "sip:alice@x contact b=two", "sip:bob@x contact a=bob's"], await Read(second));
    }

    [Fact]
    public async Task Content_is_any_bytes_and_names_are_any_text()
    {
        byte[] content = [0, 255, 10, 13, 39];
        await using var store = Open();
        await Save(store, new StoreChange("sip:o'brien@x", "k", "ключ \u0001", content), new StoreChange("u", "k", "", Array.Empty<byte>()));

        var records = (await store.LoadAsync(TestContext.Current.CancellationToken)).OrderBy(record => record.User, StringComparer.Ordinal).ToArray();
        Assert.Equal(("sip:o'brien@x", "ключ \u0001"), (records[0].User, records[0].Key));
        Assert.Equal(content, records[0].Content.ToArray());
        Assert.True(records[1].Content.IsEmpty);
    }

    [Fact]
    public async Task A_batch_that_fails_half_way_leaves_nothing()
    {
        await using (var before = Open())
        {
            await Save(before, Put("a", "1"));
        }

        Execute("CREATE TRIGGER full BEFORE INSERT ON record WHEN NEW.key = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END");
        await using var store = Open();
        await Assert.ThrowsAsync<StoreFileException>(() => Save(store, Remove("a"), Put("b", "2"), Put("bad", "3")));
        Assert.Equal(["sip:alice@x contact a=1"], await Read(store));
        await Save(store, Put("b", "2"));
        Assert.Equal(2, (await Read(store)).Length);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = new string('x', 5000);
        await System.IO.File.WriteAllTextAsync(File, text, TestContext.Current.CancellationToken);
        await using var store = Open();

        var refusal = await Refusal(store);
        Assert.Equal(StoreFileFault.Damaged, refusal.Fault);
        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        await using (var store = Open())
        {
            await Save(store, [.. Enumerable.Range(0, 500).Select(number => Put($"{number}", new string('y', 100)))]);
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        bytes.AsSpan(4096, 8192).Fill(0xEE);
        await System.IO.File.WriteAllBytesAsync(File, bytes, TestContext.Current.CancellationToken);
        await using var damaged = Open();
        Assert.Equal(StoreFileFault.Damaged, (await Refusal(damaged)).Fault);
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused_and_left_alone()
    {
        Execute("CREATE TABLE theirs (x)");
        await using var store = Open();

        Assert.Equal(StoreFileFault.Foreign, (await Refusal(store)).Fault);
        Assert.Equal(1L, Execute("SELECT count(*) FROM sqlite_master"));
        Assert.Equal(0L, Execute("PRAGMA application_id"));
    }

    [Fact]
    public async Task A_store_of_a_later_version_is_refused_and_one_of_this_version_is_not()
    {
        await using (var store = Open())
        {
            await Save(store, Put("a", "1"));
        }

        Assert.Equal(StoreSchema.Server.ApplicationId, Execute("PRAGMA application_id"));
        Assert.Equal((long)StoreSchema.Server.Version, Execute("PRAGMA user_version"));
        Execute($"PRAGMA user_version = {StoreSchema.Server.Version + 1}");
        await using var later = Open();
        Assert.Equal(StoreFileFault.TooNew, (await Refusal(later)).Fault);
    }

    [Fact]
    public async Task A_file_belongs_to_one_server_at_a_time()
    {
        await using var second = Open();
        await using (var first = Open())
        {
            await Save(first, Put("a", "1"));
            Assert.Equal(StoreFileFault.InUse, (await Refusal(second)).Fault);
            await Save(first, Put("a", "2"));
        }

        Assert.Equal(["sip:alice@x contact a=2"], await Read(second));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        await using var store = new SqliteServerStore(Path.Combine(_folder.FullName, "no", "lab.db"), InlineWork.Instance, TimeSpan.Zero);
        var refusal = await Refusal(store);
        Assert.Equal(StoreFileFault.NotAccessible, refusal.Fault);
        Assert.Contains("lab.db", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_its_owners_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are those of Unix.");
        await using var store = Open();
        await Save(store, Put("a", "1"));

#pragma warning disable CA1416 // Not reached on Windows.
        Assert.All(_folder.GetFiles(), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_disposed_store_does_nothing_more_and_leaves_one_file()
    {
        var store = Open();
        await Save(store, Put("a", "1"));
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Save(store, Put("a", "2")));
        Assert.Equal(["lab.db"], _folder.GetFiles().Select(file => file.Name));
    }

    [Fact]
    public async Task What_is_cancelled_before_its_turn_is_not_done()
    {
        await using var store = Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.SaveAsync([Put("a", "1")], new CancellationToken(canceled: true)));
        Assert.Empty(await Read(store));
    }

    [Fact]
    public async Task On_threads_of_its_own_everything_is_done_in_order()
    {
        await using var store = new SqliteServerStore(File);
        var saves = Enumerable.Range(0, 50).Select(number => Save(store, Put("a", $"{number}"), Put($"{number}", "x"))).ToArray();
        await Task.WhenAll(saves);

        var records = await Read(store);
        Assert.Equal(51, records.Length);
        Assert.Contains("sip:alice@x contact a=49", records);
        Assert.Throws<ArgumentException>(() => new SqliteServerStore(" "));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static StoreChange Put(string key, string text) => new("sip:alice@x", "contact", key, Bytes(text));

    private static StoreChange Remove(string key) => new("sip:alice@x", "contact", key, null);

    private static Task Save(SqliteServerStore store, params StoreChange[] changes) => store.SaveAsync(changes, TestContext.Current.CancellationToken);

    private static async Task<string[]> Read(SqliteServerStore store) =>
        [.. (await store.LoadAsync(TestContext.Current.CancellationToken)).Select(record => $"{record.User} {record.Kind} {record.Key}={Encoding.UTF8.GetString(record.Content.Span)}").Order(StringComparer.Ordinal)];

    private static Task<StoreFileException> Refusal(SqliteServerStore store) =>
        Assert.ThrowsAsync<StoreFileException>(() => store.LoadAsync(TestContext.Current.CancellationToken));

    private SqliteServerStore Open() => new(File, InlineWork.Instance, TimeSpan.Zero);

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
