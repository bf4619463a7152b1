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

    [Fact]
    public void The_program_in_the_guide_to_seeing_is_the_compiled_one()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs", "guide", "seeing.md")).ReplaceLineEndings("\n");
        var listing = ReadListing(Repository.PathOf("tests", "UcSdk.Architecture.Tests", "Listings", "SeeingProgram.cs"));
        Assert.Contains("```csharp\n" + listing + "```", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_in_the_guide_to_signing_in_is_the_compiled_one()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs", "guide", "signin.md")).ReplaceLineEndings("\n");
        var listing = ReadListing(Repository.PathOf("tests", "UcSdk.Architecture.Tests", "Listings", "SignInProgram.cs"));
        Assert.Contains("```csharp\n" + listing + "```", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_that_resumes_in_the_guide_to_signing_in_is_the_compiled_one()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs", "guide", "signin.md")).ReplaceLineEndings("\n");
        var listing = ReadListing(Repository.PathOf("tests", "UcSdk.Architecture.Tests", "Listings", "ResumeProgram.cs"));
        Assert.Contains("```csharp\n" + listing + "```", guide, StringComparison.Ordinal);
    }

    [Fact]
    public void The_guide_to_seeing_names_every_instrument_and_no_other()
    {
        var guide = File.ReadAllText(Repository.PathOf("docs", "guide", "seeing.md"));
        var named = guide.Split('\n').Where(line => line.StartsWith("| `sip.", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
        var instruments = typeof(UcSdk.Sip.SipTelemetry).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
            .Where(name => name.StartsWith("sip.", StringComparison.Ordinal));
        Assert.Equal(instruments.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
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
