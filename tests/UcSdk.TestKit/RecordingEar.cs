using UcSdk.Media;

namespace UcSdk.TestKit;

/// <summary>Keeps what it hears.</summary>
internal sealed class RecordingEar : IAudioSink
{
    private readonly List<short> _heard = [];

    public IReadOnlyList<short> Heard => _heard;

    public void Write(AudioFrame frame) => _heard.AddRange(frame.Samples.Span);
}
