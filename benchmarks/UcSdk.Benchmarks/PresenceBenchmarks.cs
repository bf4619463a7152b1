using System.Text;
using System.Xml;
using BenchmarkDotNet.Attributes;
using UcSdk.Documents;

namespace UcSdk.Benchmarks;

/// <summary>Reading what a watcher is told of one contact, beside a bare pass of the platform's reader over the same bytes.</summary>
[MemoryDiagnoser]
public class PresenceBenchmarks
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(SamplePresence.Text);
    private PresenceCategories _categories = null!;

    [GlobalSetup]
    public void Setup()
    {
        if (!PresenceCategories.TryRead(_bytes, out var categories, out var error))
        {
            throw new InvalidOperationException(error.ToString());
        }

        _categories = categories;
    }

    [Benchmark(Baseline = true, Description = "bare XmlReader pass over a presence notification")]
    public int BarePass()
    {
        using var reader = XmlReader.Create(new MemoryStream(_bytes, writable: false), Settings);
        var nodes = 0;
        while (reader.Read())
        {
            nodes++;
        }

        return nodes;
    }

    [Benchmark(Description = "read it: categories, state, note, contact card")]
    public uint Read()
    {
        PresenceCategories.TryRead(_bytes, out var categories, out _);
        var seen = 0u;
        foreach (var category in categories!.Categories)
        {
            seen += category.Name switch
            {
                PresenceCategoryNames.State => PresenceState.Of(category.Content)?.Availability ?? 0,
                PresenceCategoryNames.Note => (uint?)PresenceNote.Of(category.Content)?.Bodies.Count ?? 0,
                PresenceCategoryNames.ContactCard => ContactCard.Of(category.Content)?.DisplayName is null ? 0u : 1u,
                _ => 0,
            };
        }

        return seen;
    }

    [Benchmark(Description = "write it")]
    public int Write() => _categories.ToBytes().Length;
}
