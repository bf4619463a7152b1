using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Both clocks of an association: its own life runs on one, that of tickets and challenges on the other.</summary>
/// <param name="Now">The moment on the loop's clock.</param>
/// <param name="WallNow">The time of day.</param>
internal sealed record AssociationClock(Func<Timestamp> Now, Func<DateTimeOffset> WallNow);
