using UcSdk.Core;

namespace UcSdk.Architecture.Tests;

/// <summary>The tables as documents: their pages are current, their rows name a source, and every state can be reached.</summary>
public sealed class StateTableTests
{
    public static TheoryData<string> Names => [.. Tables.All.Select(table => table.Name)];

    [Fact]
    public void Every_table_has_a_name_of_its_own() =>
        Assert.Equal(Tables.All.Count, Tables.All.Select(table => table.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_in_docs_states_is_current(string name)
    {
        var table = Find(name);
        var path = Repository.PathOf("docs", "states", name + ".md");
        var page = StateDiagram.Write(table);
        if (Environment.GetEnvironmentVariable("UCSDK_WRITE_STATES") == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.True(File.Exists(path), $"docs/states/{name}.md is missing.");
        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void No_page_is_left_of_a_table_that_is_gone()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs", "states"), "*.md").Select(Path.GetFileNameWithoutExtension);
        Assert.Empty(pages.Except(Tables.All.Select(table => table.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_names_its_source_and_starts_from_a_state_that_can_be_reached(string name)
    {
        var table = Find(name);
        Assert.All(table.RowTexts, row => Assert.NotEmpty(row.Source));
        var reached = table.InitialStates.ToHashSet();
        while (table.RowTexts.FirstOrDefault(row => reached.Contains(row.From) && !reached.Contains(row.To)) is { } next)
        {
            reached.Add(next.To);
        }

        Assert.All(table.RowTexts, row => Assert.Contains(row.From, reached));
    }

    private static IStateTable Find(string name) => Tables.All.Single(table => table.Name == name);
}
