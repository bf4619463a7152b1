namespace UcSdk.Core;

/// <summary>One deadline on a <see cref="SharedTimer"/>.</summary>
internal sealed class SharedDeadline(SharedTimer timer, Action wake)
{
    public Timestamp Due { get; private set; } = Timestamp.Never;

    /// <summary>Sets, moves or (with null) clears it. A deadline in the past wakes at once.</summary>
    public void Set(Timestamp? due)
    {
        var wanted = due ?? Timestamp.Never;
        if (wanted != Due)
        {
            Due = wanted;
            timer.Arm();
        }
    }

    internal void WakeIfDue(Timestamp now)
    {
        if (Due <= now)
        {
            Due = Timestamp.Never;
            wake();
        }
    }
}
