namespace UcSdk.Architecture.Tests;

/// <summary>Programs in documents are the ones that compile.</summary>
public sealed class ListingTests
{
    [Fact]
    public void The_program_in_the_README_is_the_compiled_one()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");
        var listing = ReadListing(Repository.PathOf("tests", "UcSdk.Architecture.Tests", "Listings", "ReadmeProgram.cs"));
        Assert.Contains("```csharp\n" + listing + "```", readme, StringComparison.Ordinal);
    }

    // The lines between the markers, each block moved to the margin.
    private static string ReadListing(string path)
    {
        var text = "";
        var indent = -1;
        foreach (var line in File.ReadLines(path))
        {
            if (line.Trim() == "// <listing>")
            {
                indent = line.Length - line.TrimStart().Length;
            }
            else if (line.Trim() == "// </listing>")
            {
                indent = -1;
            }
            else if (indent >= 0)
            {
                text += line[Math.Min(indent, line.Length)..] + "\n";
            }
        }

        return text;
    }
}
