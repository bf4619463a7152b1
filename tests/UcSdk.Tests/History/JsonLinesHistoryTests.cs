using System.Globalization;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Tests;

/// <summary>Files that are new, old, torn and strange. Blocking work runs where it is asked for, so nothing here waits.</summary>
[Collection(nameof(Alone))]
public sealed class JsonLinesHistoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ucsdk-history-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "history.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task It_is_a_history() => HistoryContract.HoldsAsync(Open);

    [Fact]
    public Task It_keeps_what_is_hostile() => HistoryContract.HoldsWhatIsHostileAsync(Open);

    [Fact]
    public async Task A_message_is_one_line_that_people_can_read()
    {
        await using (var history = Open())
        {
            await history.AppendAsync([HistoryContract.Settled], TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            """{"id":"2","conversation":"b","time":"2026-01-01T10:01:00.0000000+00:00","direction":"out","sender":"sip:bob@x","conference":"sip:alice@x;gruu;opaque=app:conf:focus:id:1","recipients":["sip:Carol@X","sip:dave@x"],"text":"two","results":[{"recipient":"sip:Carol@X","outcome":"delivered","status":200,"reason":"OK"},{"recipient":"sip:dave@x","outcome":"failed","status":480,"reason":"Temporarily Unavailable"}]}"""
            + "\n",
            await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_torn_last_line_is_passed_over_and_told_of_and_what_comes_later_is_whole()
    {
        await using (var history = Open())
        {
            await history.AppendAsync([HistoryContract.First, HistoryContract.Second], TestContext.Current.CancellationToken);
        }

        var bytes = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        var end = Array.IndexOf(bytes, (byte)'\n') + 1;
        for (var torn = end + 1; torn < bytes.Length - 1; torn += 17)
        {
            await File.WriteAllBytesAsync(Path, bytes[..torn], TestContext.Current.CancellationToken);
            await using var history = Open();
            Assert.Equal([HistoryContract.First], await history.QueryAsync(new(), TestContext.Current.CancellationToken));
            Assert.Equal(new JsonLinesDamage(2, "no JSON"), Assert.Single(history.Damages));

            await history.AppendAsync([HistoryContract.Third], TestContext.Current.CancellationToken);
            Assert.Equal([HistoryContract.First, HistoryContract.Third], await history.QueryAsync(new(), TestContext.Current.CancellationToken));
            Assert.Equal(2, Assert.Single(history.Damages).Line);
        }
    }

    [Fact]
    public async Task Lines_that_are_no_messages_are_told_of_and_empty_ones_are_not()
    {
        var line = Encoding.UTF8.GetString(HistoryContract.First.ToJson());
        await File.WriteAllTextAsync(Path, $"\n[]\n{{\"id\":\"x\"}}\nnonsense\n{line}\n\n{{\"id\":1,\"conversation\":\"a\"}}", TestContext.Current.CancellationToken);
        await using var history = Open();

        Assert.Equal([HistoryContract.First], await history.QueryAsync(new(), TestContext.Current.CancellationToken));
        Assert.Equal([2, 3, 4, 7], history.Damages.Select(damage => damage.Line));
    }

    [Fact]
    public async Task A_line_is_read_up_to_its_limit()
    {
        var fits = HistoryContract.First with { Text = "" };
        fits = fits with { Text = new string('x', JsonLinesFile.MaxLineBytes.Maximum - fits.ToJson().Length) };
        var tooLong = fits with { Id = "9", Text = fits.Text + "x" };
        await using var history = Open();
        await history.AppendAsync([fits, tooLong, HistoryContract.Third], TestContext.Current.CancellationToken);

        Assert.Equal(["1", "3"], (await history.QueryAsync(new(), TestContext.Current.CancellationToken)).Select(message => message.Id));
        Assert.Equal(2, Assert.Single(history.Damages).Line);
    }

    [Fact]
    public async Task No_more_damages_are_told_of_than_the_limit_allows()
    {
        await File.WriteAllTextAsync(Path, string.Concat(Enumerable.Repeat("x\n", JsonLinesDamage.MaxDamages + 1)), TestContext.Current.CancellationToken);
        await using var history = Open();
        Assert.Empty(await history.QueryAsync(new(), TestContext.Current.CancellationToken));
        Assert.Equal(JsonLinesDamage.MaxDamages, history.Damages.Count);
    }

    [Fact]
    public async Task What_is_said_later_of_a_message_that_the_latest_have_pushed_out_does_not_bring_it_back()
    {
        await using var history = Open();
        await history.AppendAsync([HistoryContract.Second, HistoryContract.Third, HistoryContract.Settled], TestContext.Current.CancellationToken);
        Assert.Equal([HistoryContract.Third], await history.QueryAsync(new() { MaxCount = 1 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_a_large_file_only_the_end_is_read_and_little_is_held()
    {
        const int Count = 20_000;
        await using var history = Open();
        for (var from = 0; from < Count; from += 5000)
        {
            await history.AppendAsync([.. Enumerable.Range(from, 5000).Select(Numbered)], TestContext.Current.CancellationToken);
        }

        var size = new FileInfo(Path).Length;
        Assert.True(size > 3_000_000, $"{size}");
        await AssertAllocatesAsync(history, new() { MaxCount = 10 }, 500_000, Enumerable.Range(Count - 10, 10));
        await AssertAllocatesAsync(history, new() { From = Numbered(Count - 5).Time }, 500_000, Enumerable.Range(Count - 5, 5));

        // Whoever asks for what is long ago has it read to there; what is held does not grow with it.
        var held = await Retained.ByAsync(async _ =>
        {
            var found = await history.QueryAsync(new() { Until = Numbered(3).Time }, TestContext.Current.CancellationToken);
            Assert.Equal([0, 1, 2], found.Select(message => int.Parse(message.Id, CultureInfo.InvariantCulture)));
            return found;
        });
        Assert.True(held < 1_000_000, $"{held} bytes");
    }

    [Fact]
    public async Task What_is_appended_long_after_it_was_said_hides_nothing()
    {
        var (recent, old) = (Numbered(100_000), Numbered(0));
        await using (var history = Open())
        {
            await history.AppendAsync([recent with { Id = "recent" }], TestContext.Current.CancellationToken);
        }

        // A hundred from days before, a few of them anew, over two openings of the file.
        await using (var history = Open())
        {
            await history.AppendAsync([.. Enumerable.Range(0, 100).Select(number => old with { Id = $"{number}", Time = old.Time.AddDays(number / 4.0) })], TestContext.Current.CancellationToken);
        }

        await using var again = Open();
        Assert.Equal("recent", Assert.Single(await again.QueryAsync(new() { MaxCount = 1 }, TestContext.Current.CancellationToken)).Id);
        Assert.Equal(101, (await again.QueryAsync(new() { MaxCount = 1000 }, TestContext.Current.CancellationToken)).Count);
        Assert.Equal("recent", Assert.Single(await again.QueryAsync(new() { From = recent.Time }, TestContext.Current.CancellationToken)).Id);
        await again.AppendAsync([recent with { Id = "later", Time = recent.Time.AddSeconds(1) }], TestContext.Current.CancellationToken);
        Assert.DoesNotContain("late\":true", (await File.ReadAllLinesAsync(Path, TestContext.Current.CancellationToken))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_one_moment_come_in_the_order_in_which_they_were_appended_whatever_was_said_of_them_later()
    {
        HistoryMessage[] three = [.. Enumerable.Range(0, 3).Select(number => Numbered(0) with { Id = $"{number}" })];
        await using var history = Open();
        await history.AppendAsync(three, TestContext.Current.CancellationToken);
        await history.AppendAsync([three[0] with { Text = "settled" }], TestContext.Current.CancellationToken);

        Assert.Equal(["0", "1", "2"], (await history.QueryAsync(new(), TestContext.Current.CancellationToken)).Select(message => message.Id));
        Assert.Equal(["1", "2"], (await history.QueryAsync(new() { MaxCount = 2 }, TestContext.Current.CancellationToken)).Select(message => message.Id));
    }

    [Fact]
    public void What_takes_the_place_of_a_message_is_found_as_far_behind_it_as_the_limit_allows()
    {
        Assert.Empty(Select(HistorySelection.MaxDistance.Maximum));
        Assert.Equal("0", Assert.Single(Select(HistorySelection.MaxDistance.Maximum + 1)).Id);

        // From the end: one that takes a message of the conversation out of it, so many lines with it, and that message.
        static IReadOnlyList<HistoryMessage> Select(int distance)
        {
            var selection = new HistorySelection(new() { ConversationId = "before" });
            selection.Add(Numbered(0), distance);
            for (var place = distance - 1; place > 0; place--)
            {
                selection.Add(Numbered(place), place);
            }

            selection.Add(Numbered(0) with { ConversationId = "before" }, 0);
            return selection.ToList();
        }
    }

    [Fact]
    public async Task A_folder_that_is_not_there_fails_and_harms_nothing_later()
    {
        await using var history = new JsonLinesHistory(System.IO.Path.Combine(_folder.FullName, "none", "h"), new InlineWork());
        await Assert.ThrowsAnyAsync<IOException>(() => history.AppendAsync([HistoryContract.First], TestContext.Current.CancellationToken));
        _folder.CreateSubdirectory("none");
        await history.AppendAsync([HistoryContract.First], TestContext.Current.CancellationToken);
        Assert.Single(await history.QueryAsync(new(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_file_is_its_owners_only()
    {
        await using var history = Open();
        await history.AppendAsync([HistoryContract.First], TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [Fact]
    public void A_query_wants_a_number_of_messages_that_there_can_be()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HistoryQuery { MaxCount = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HistoryQuery { MaxCount = HistoryQuery.MaxMaxCount + 1 });
        Assert.Equal(HistoryQuery.MaxMaxCount, new HistoryQuery { MaxCount = HistoryQuery.MaxMaxCount }.MaxCount);
    }

    private static HistoryMessage Numbered(int number) => new($"{number}", "c", "sip:alice@x", HistoryContract.Start.AddHours(number)) { Text = "some words", Recipients = ["sip:bob@x"] };

    private static async Task AssertAllocatesAsync(JsonLinesHistory history, HistoryQuery query, long bytes, IEnumerable<int> numbers)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = await history.QueryAsync(query, TestContext.Current.CancellationToken);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(numbers.Select(number => $"{number}"), found.Select(message => message.Id));
        Assert.True(allocated < bytes, $"{allocated} bytes");
    }

    private JsonLinesHistory Open() => new(Path, new InlineWork());
}
