namespace UcSdk.Media;

/// <summary>
/// Decides which source is heard. The first is taken at once; another takes its place with its second packet in a row ([MS-RTP] §3.1.5),
/// so that one stray packet changes nothing; one that said BYE is not heard again.
/// </summary>
internal sealed class SourceSelector(SsrcRange? announced)
{
    private uint? _candidate;
    private uint? _departed;

    public RemoteSource? Current { get; private set; }

    /// <summary>Packets that sources heard before were missing.</summary>
    public long LostBefore { get; private set; }

    /// <summary>Null when the packet belongs to <see cref="Current"/>, which it may have made; otherwise why it is not heard.</summary>
    public MediaDropReason? Admit(in RtpHeader header)
    {
        if (announced is { } range && !range.Contains(header.Ssrc))
        {
            return MediaDropReason.SourceOutOfRange;
        }

        if (header.Ssrc == _departed)
        {
            return MediaDropReason.SourceHasLeft;
        }

        if (Current is not null && Current.Ssrc != header.Ssrc && _candidate != header.Ssrc)
        {
            _candidate = header.Ssrc;
            return MediaDropReason.SourceOnProbation;
        }

        _candidate = null;
        if (Current?.Ssrc != header.Ssrc)
        {
            Forget();
            Current = new(header.Ssrc, header.SequenceNumber);
        }

        return null;
    }

    /// <summary>The source said BYE; true when it was the one heard.</summary>
    public bool Depart(uint ssrc)
    {
        if (Current?.Ssrc != ssrc)
        {
            return false;
        }

        _departed = ssrc;
        Forget();
        return true;
    }

    /// <summary>The source fell silent; it may come back.</summary>
    public void Forget()
    {
        LostBefore += Current?.Statistics.Lost ?? 0;
        Current = null;
    }
}
