namespace UcSdk.Media.Tests.Session;

/// <summary>Keeps what it hears.</summary>
internal sealed class RecordingSink : IAudioSink
{
    private readonly List<short> _samples = [];

    public IReadOnlyList<short> Samples => _samples;

    public short[] ToArray() => [.. _samples];

    public void Write(AudioFrame frame)
    {
        Assert.Equal((160, 8000), (frame.Samples.Length, frame.SampleRate));
        _samples.AddRange(frame.Samples.Span);
    }
}
