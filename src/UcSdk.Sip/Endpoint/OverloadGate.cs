namespace UcSdk.Sip;

/// <summary>One limit of <see cref="OverloadOptions"/>: shut one past it, open again when enough has gone.</summary>
internal sealed class OverloadGate(string name, long maximum, double resumeShare)
{
    private readonly long _resume = Math.Max(1, (long)(maximum * resumeShare));

    public string Name => name;

    public bool IsShut { get; private set; }

    /// <summary>Takes the figure as it would be with one request more; true while the gate is shut.</summary>
    public bool Update(long value) => IsShut = value > (IsShut ? Math.Min(_resume, maximum) : maximum);
}
