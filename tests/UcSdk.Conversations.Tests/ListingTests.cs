namespace UcSdk.Conversations.Tests;

/// <summary>The listings of the guide are code of this project, word for word.</summary>
public sealed class ListingTests
{
    [Theory]
    [InlineData("testing.md", "Greeter.cs", 1)]
    [InlineData("testing.md", "GreeterTests.cs", 2)]
    [InlineData("sip.md", "Softphone.cs", 1)]
    [InlineData("sip.md", "SoftphoneTests.cs", 1)]
    [InlineData("presence.md", "PresenceListings.cs", 9)]
    [InlineData("messages.md", "MessageListings.cs", 1)]
    [InlineData("bot.md", "BotListings.cs", 4)]
    public void A_page_of_the_guide_shows_the_code_that_is_tested(string name, string file, int count)
    {
        var root = FindRoot();
        var page = File.ReadAllText(Path.Combine(root, "docs", "guide", name)).ReplaceLineEndings("\n");
        var listings = ListingsOf(Path.Combine(root, "tests", "UcSdk.Conversations.Tests", file)).ToArray();

        Assert.Equal(count, listings.Length);
        Assert.All(listings, listing => Assert.Contains(listing, page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> ListingsOf(string path)
    {
        var lines = new List<string>();
        var isListed = false;
        foreach (var line in File.ReadAllLines(path))
        {
            if (line.TrimStart().StartsWith("// listing:", StringComparison.Ordinal))
            {
                isListed = true;
            }
            else if (line.Trim() == "// end of listing")
            {
                var indent = lines.Where(one => one.Length > 0).Min(one => one.Length - one.TrimStart().Length);
                yield return string.Join('\n', lines.Select(one => one.Length == 0 ? one : one[indent..]));
                lines.Clear();
                isListed = false;
            }
            else if (isListed)
            {
                lines.Add(line);
            }
        }
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "UcSdk.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("UcSdk.sln stands in no directory above the tests.");
        }

        return directory.FullName;
    }
}
