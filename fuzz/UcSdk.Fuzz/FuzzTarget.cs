using UcSdk.Core;

namespace UcSdk.Fuzz;

/// <summary>One thing that must survive any input.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Seeds">The folder, below <c>Seeds</c>, of the inputs that are mutated.</param>
/// <param name="Run">Takes one input; whatever it throws is a finding. The source serves targets that need chances of their own.</param>
internal sealed record FuzzTarget(string Name, string Seeds, Action<byte[], RandomSource> Run);
