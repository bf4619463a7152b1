using System.Runtime.CompilerServices;

namespace UcSdk.Sip;

/// <summary>One timer of one owner.</summary>
internal readonly record struct CoreTimer(ITimerOwner Owner, SipTimer Timer)
{
    // Timers are set and cleared several times for every message: owners are compared by who they are, without asking them.
    public bool Equals(CoreTimer other) => ReferenceEquals(Owner, other.Owner) && Timer == other.Timer;

    public override int GetHashCode() => (RuntimeHelpers.GetHashCode(Owner) * 31) + (int)Timer;
}
