using Microsoft.Data.Sqlite;
using UcSdk.Core;
using UcSdk.Tests;

namespace UcSdk.Storage.Sqlite.Tests;

/// <summary>A client's history in files that are new, old, foreign and shared. Blocking work runs where it is asked for, so nothing here waits.</summary>
public sealed class SqliteConversationHistoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ucsdk-history-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "history.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task It_is_a_history() => HistoryContract.HoldsAsync(Open);

    [Fact]
    public Task It_keeps_what_is_hostile() => HistoryContract.HoldsWhatIsHostileAsync(Open);

    [Fact]
    public async Task A_servers_store_and_a_history_are_not_taken_for_each_other()
    {
        await using (var history = Open())
        {
            await history.AppendAsync([HistoryContract.First], TestContext.Current.CancellationToken);
        }

        await using (var store = new SqliteServerStore(Path, new InlineWork(), TimeSpan.Zero))
        {
            Assert.Equal(StoreFileFault.Foreign, (await Assert.ThrowsAsync<StoreFileException>(() => store.LoadAsync(TestContext.Current.CancellationToken))).Fault);
        }

        await using var again = Open();
        Assert.Single(await again.QueryAsync(new(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var text = new string('x', 5000);
        await File.WriteAllTextAsync(Path, text, TestContext.Current.CancellationToken);
        await using var history = Open();
        var refusal = await Assert.ThrowsAsync<StoreFileException>(() => history.AppendAsync([HistoryContract.First], TestContext.Current.CancellationToken));
        Assert.Equal(StoreFileFault.Damaged, refusal.Fault);
        Assert.Equal(text, await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_belongs_to_one_process_at_a_time()
    {
        await using var history = Open();
        await history.AppendAsync([HistoryContract.First], TestContext.Current.CancellationToken);
        await using var other = Open();
        Assert.Equal(StoreFileFault.InUse, (await Assert.ThrowsAsync<StoreFileException>(() => other.QueryAsync(new(), TestContext.Current.CancellationToken))).Fault);
    }

    [Fact]
    public async Task A_batch_that_fails_half_way_leaves_nothing()
    {
        await using (var history = Open())
        {
            await history.AppendAsync([HistoryContract.First], TestContext.Current.CancellationToken);
        }

        using (var connection = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON message WHEN NEW.id = '3' BEGIN SELECT RAISE(ABORT, 'no'); END";
            command.ExecuteNonQuery();
        }

        await using var again = Open();
        await Assert.ThrowsAsync<StoreFileException>(() => again.AppendAsync([HistoryContract.Second, HistoryContract.Third], TestContext.Current.CancellationToken));
        Assert.Equal([HistoryContract.First], await again.QueryAsync(new(), TestContext.Current.CancellationToken));
    }

    private SqliteConversationHistory Open() => new(Path, new InlineWork(), TimeSpan.Zero);
}
