using UcSdk.Core;

namespace UcSdk.Fuzz;

/// <summary>One thing that must survive any input.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Seeds">The folder, below <c>Seeds</c>, of the inputs that are mutated.</param>
/// <param name="Run">Takes one input; whatever it throws is a finding. The source serves targets that need chances of their own.</param>
/// <param name="Generate">Makes inputs from the grammar beside those made from examples; null for none.</param>
internal sealed record FuzzTarget(string Name, string Seeds, Action<byte[], RandomSource> Run, Func<RandomSource, byte[]>? Generate = null)
{
    /// <summary>The next input: made from the grammar or from an example, and in most cases changed.</summary>
    public byte[] NextInput(RandomSource random, IReadOnlyList<byte[]> seeds)
    {
        if (Generate is null || (seeds.Count > 0 && random.Next(2) == 0))
        {
            return new Mutator(random, seeds).Next();
        }

        var made = Generate(random);
        return random.Next(2) == 0 ? made : new Mutator(random, [made]).Next();
    }
}
