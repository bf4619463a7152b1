using UcSdk.Core;

namespace UcSdk.Media.Tests.Session;

/// <summary>Noise made of the values that PCMU carries exactly, never zero; keeps what it gave.</summary>
internal sealed class CodePointSource(ulong seed) : IPullAudioSource
{
    private readonly SeededRandomSource _random = new(seed);
    private readonly List<short> _given = [];

    public int SampleRate => 8000;

    public IReadOnlyList<short> Given => _given;

    public bool IsStarted { get; private set; }

    public int Read(Memory<short> samples)
    {
        foreach (ref var sample in samples.Span)
        {
            sample = G711.MuValues[_random.Next(0x7F)];
            _given.Add(sample);
        }

        return samples.Length;
    }

    void IAudioSource.Start(Action<AudioFrame> deliver) => IsStarted = true;

    void IAudioSource.Stop() => IsStarted = false;
}
