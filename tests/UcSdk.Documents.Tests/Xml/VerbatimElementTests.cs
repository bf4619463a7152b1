using System.Text;

namespace UcSdk.Documents.Tests;

/// <summary>Elements that are taken out of a document as they stand there.</summary>
public sealed class VerbatimElementTests
{
    [Fact]
    public void What_only_looks_like_the_element_is_passed_over_up_to_a_limit()
    {
        Assert.Equal("<a xmlns='urn:x' ><b/></a>", Cut(VerbatimElement.MaxPlaces - 1));
        Assert.Null(Cut(VerbatimElement.MaxPlaces));
    }

    private static string? Cut(int lookalikes)
    {
        var document = Encoding.UTF8.GetBytes($"<r><!--{string.Concat(Enumerable.Repeat("<a >", lookalikes))}--><a xmlns='urn:x' ><b/></a></r>");
        Assert.True(DocumentElement.TryRead(document, out var root, out _));
        return VerbatimElement.TryCut(document, root.Child("a")!, out var text) ? text : null;
    }
}
