using UcSdk.Core;
using UcSdk.Media;

namespace UcSdk.TestKit;

/// <summary>Noise made of the values that PCMU carries exactly, loud and never zero; keeps what it said.</summary>
internal sealed class CodePointVoice(RandomSource random) : IPullAudioSource
{
    private readonly List<short> _said = [];

    public int SampleRate => 8000;

    public IReadOnlyList<short> Said => _said;

    public int Read(Memory<short> samples)
    {
        foreach (ref var sample in samples.Span)
        {
            sample = G711.MuValues[random.Next(0x7F)];
            _said.Add(sample);
        }

        return samples.Length;
    }
}
