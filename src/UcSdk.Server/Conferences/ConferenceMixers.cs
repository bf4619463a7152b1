using UcSdk.Core;
using UcSdk.Media;

namespace UcSdk.Server;

/// <summary>Mixes the audio of each conference, from the first connected leg to the last. Used on the loop.</summary>
internal sealed class ConferenceMixers(SerialLoop loop, ServerSeams seams)
{
    private readonly Dictionary<Focus, ConferenceMixer> _mixers = [];

    public int Count => _mixers.Count;

    public void Add(Focus focus, MediaSession media)
    {
        if (!_mixers.TryGetValue(focus, out var mixer))
        {
            mixer = new ConferenceMixer(loop) { LeavesOutOwn = !seams.MixesOwnAudio };
            _mixers.Add(focus, mixer);
        }

        mixer.AddLeg(media);
    }

    /// <summary>Takes a leg out; nothing where it was never put in.</summary>
    public void Remove(Focus focus, MediaSession media)
    {
        if (_mixers.TryGetValue(focus, out var mixer) && mixer.RemoveLeg(media) && mixer.LegCount == 0)
        {
            _mixers.Remove(focus);
            mixer.Dispose();
        }
    }
}
