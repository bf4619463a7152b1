namespace UcSdk.Media.Tests.Audio;

public sealed class AudioMixerTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(50)]
    public void Everybody_hears_all_the_others(int count)
    {
        var mixer = new AudioMixer();
        var ports = Enumerable.Range(0, count).Select(_ => mixer.AddPort()).ToArray();
        for (var i = 0; i < count; i++)
        {
            Array.Fill(ports[i].Input, (short)(i + 1));
        }

        mixer.Mix();

        var all = count * (count + 1) / 2;
        for (var i = 0; i < count; i++)
        {
            Assert.All(ports[i].Output, sample => Assert.Equal(all - (i + 1), sample));
        }
    }

    [Fact]
    public void Without_leaving_out_the_own_frame_a_speaker_hears_himself()
    {
        var mixer = new AudioMixer { LeavesOutOwn = false };
        var port = mixer.AddPort();
        Array.Fill(port.Input, (short)5);

        mixer.Mix();

        Assert.Equal(5, port.Output[0]);
    }

    [Fact]
    public void Loud_speakers_saturate_and_cancel_exactly()
    {
        var mixer = new AudioMixer();
        var ports = Enumerable.Range(0, 4).Select(_ => mixer.AddPort()).ToArray();
        (ports[0].Input[0], ports[1].Input[0], ports[2].Input[0]) = (short.MaxValue, short.MaxValue, short.MinValue);
        (ports[0].Input[1], ports[1].Input[1], ports[2].Input[1]) = (short.MinValue, short.MinValue, 0);

        mixer.Mix();

        Assert.Equal([-1, -1, short.MaxValue, short.MaxValue - 1], ports.Select(port => (int)port.Output[0]));
        Assert.Equal([short.MinValue, short.MinValue, short.MinValue, short.MinValue], ports.Select(port => port.Output[1]));
    }

    [Fact]
    public void Who_left_is_not_heard()
    {
        var mixer = new AudioMixer();
        var (one, two) = (mixer.AddPort(), mixer.AddPort());
        Array.Fill(one.Input, (short)5);
        mixer.RemovePort(one);

        mixer.Mix();

        Assert.Equal(0, two.Output[0]);
    }

    [Fact]
    public void Mixing_allocates_nothing()
    {
        var mixer = new AudioMixer();
        for (var i = 0; i < 8; i++)
        {
            mixer.AddPort();
        }

        Assert.Equal(0, Allocations.Of(mixer.Mix));
    }
}
