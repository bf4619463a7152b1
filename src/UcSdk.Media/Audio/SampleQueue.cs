namespace UcSdk.Media;

/// <summary>Samples in time order, up to a bound; what does not fit is refused.</summary>
internal sealed class SampleQueue(int capacity)
{
    private readonly short[] _samples = new short[capacity];
    private int _first;

    public int Count { get; private set; }

    /// <summary>Adds what fits; returns how many samples did not.</summary>
    public int Write(ReadOnlySpan<short> samples)
    {
        var fits = Math.Min(samples.Length, capacity - Count);
        for (var i = 0; i < fits; i++)
        {
            _samples[(_first + Count + i) % capacity] = samples[i];
        }

        Count += fits;
        return samples.Length - fits;
    }

    /// <summary>Takes what is there; returns how many samples were.</summary>
    public int Read(Span<short> samples)
    {
        var count = Math.Min(samples.Length, Count);
        for (var i = 0; i < count; i++)
        {
            samples[i] = _samples[(_first + i) % capacity];
        }

        _first = (_first + count) % capacity;
        Count -= count;
        return count;
    }
}
