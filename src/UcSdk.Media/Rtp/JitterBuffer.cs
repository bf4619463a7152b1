namespace UcSdk.Media;

/// <summary>
/// Puts frames back onto the sender's timeline. The first frame fixes where the timeline stands: it is played one depth later, and from
/// then on every sample has one place, given by its RTP timestamp. What is missing when its place comes is a gap, what comes after its
/// place is late; neither moves what follows. The timeline is fixed anew only when frames keep falling outside the window, or when a
/// marked frame, the first of a talk spurt (RFC 3551 §4.1), falls outside it.
/// </summary>
internal sealed class JitterBuffer(int depth)
{
    /// <summary>Samples beyond the depth that may wait: half a second.</summary>
    public const int MaxAhead = AudioClock.SampleRate / 2;

    /// <summary>Frames that may wait.</summary>
    public const int MaxFrames = 128;

    /// <summary>So many frames in a row outside the window mean that the sender's timeline or the network's delay has changed for good.</summary>
    public const int MisfitLimit = 10;

    private readonly List<JitterFrame> _waiting = new(MaxFrames);
    private readonly Stack<JitterFrame> _free = new(MaxFrames);
    private int _misfits;

    /// <summary>Whether a frame has fixed the timeline.</summary>
    public bool IsAnchored { get; private set; }

    /// <summary>The unrolled timestamp of the next sample to be played.</summary>
    public long Cursor { get; private set; }

    /// <summary>How often the timeline was fixed, the first time included.</summary>
    public int Anchorings { get; private set; }

    public int Count => _waiting.Count;

    public JitterInsertion Insert(uint timestamp, int sampleCount, bool marker, byte payloadType, ReadOnlySpan<byte> payload)
    {
        if (!IsAnchored)
        {
            Anchor(timestamp);
        }

        var at = RtpTimestamp.Nearest(Cursor, timestamp);
        var isMisfit = at < Cursor || at > Cursor + depth + MaxAhead;
        _misfits = isMisfit ? _misfits + 1 : 0;
        if (isMisfit && (marker || _misfits >= MisfitLimit))
        {
            Reset();
            Anchor(timestamp);
            at = timestamp;
        }
        else if (at + sampleCount <= Cursor)
        {
            return JitterInsertion.Late;
        }
        else if (at > Cursor + depth + MaxAhead || _waiting.Count == MaxFrames)
        {
            return JitterInsertion.Early;
        }

        return Place(at, sampleCount, payloadType, payload);
    }

    /// <summary>
    /// The next frame to be played, or null when none waits: one that begins at the cursor or before it covers it, one that begins later
    /// leaves a gap. What ends before the cursor is thrown away.
    /// </summary>
    public JitterFrame? FindNext()
    {
        while (_waiting.Count > 0 && _waiting[0].End <= Cursor)
        {
            Release(0);
        }

        return _waiting.Count > 0 ? _waiting[0] : null;
    }

    /// <summary>The samples up to there were played.</summary>
    public void Advance(int samples) => Cursor += samples;

    /// <summary>Forgets all frames and the timeline, as for another source.</summary>
    public void Reset()
    {
        while (_waiting.Count > 0)
        {
            Release(_waiting.Count - 1);
        }

        IsAnchored = false;
        _misfits = 0;
    }

    private void Anchor(uint timestamp)
    {
        IsAnchored = true;
        Anchorings++;
        Cursor = (long)timestamp - depth;
    }

    private JitterInsertion Place(long at, int sampleCount, byte payloadType, ReadOnlySpan<byte> payload)
    {
        var index = _waiting.Count;
        while (index > 0 && _waiting[index - 1].Timestamp > at)
        {
            index--;
        }

        if (index > 0 && _waiting[index - 1].Timestamp == at)
        {
            return JitterInsertion.Duplicate;
        }

        var frame = _free.TryPop(out var used) ? used : new JitterFrame();
        frame.Fill(at, sampleCount, payloadType, payload);
        _waiting.Insert(index, frame);
        return JitterInsertion.Kept;
    }

    private void Release(int index)
    {
        _free.Push(_waiting[index]);
        _waiting.RemoveAt(index);
    }
}
