namespace UcSdk.Core;

/// <summary>
/// A point on the monotonic clock of one <see cref="TimeProvider"/>, in ticks of 100 ns. The cores receive it as "now";
/// it says nothing about the wall clock or about RTP media time.
/// </summary>
internal readonly record struct Timestamp(long Ticks) : IComparable<Timestamp>
{
    public static readonly Timestamp Never = new(long.MaxValue);

    public static Timestamp Of(TimeProvider time) => new(time.GetElapsedTime(0, time.GetTimestamp()).Ticks);

    public int CompareTo(Timestamp other) => Ticks.CompareTo(other.Ticks);

    public static Timestamp Earlier(Timestamp left, Timestamp right) => left <= right ? left : right;

    public static Timestamp operator +(Timestamp at, TimeSpan later) => new(at.Ticks + later.Ticks);

    public static TimeSpan operator -(Timestamp later, Timestamp earlier) => new(later.Ticks - earlier.Ticks);

    public static bool operator <(Timestamp left, Timestamp right) => left.Ticks < right.Ticks;

    public static bool operator >(Timestamp left, Timestamp right) => left.Ticks > right.Ticks;

    public static bool operator <=(Timestamp left, Timestamp right) => left.Ticks <= right.Ticks;

    public static bool operator >=(Timestamp left, Timestamp right) => left.Ticks >= right.Ticks;
}
