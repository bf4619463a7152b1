namespace UcSdk.Documents;

/// <summary>How long somebody rings ([MS-SIPRE] §3.9, element <c>wait</c>).</summary>
/// <param name="Name">Who, of <see cref="RoutingWaits"/>.</param>
/// <param name="Seconds">How many seconds.</param>
public readonly record struct RoutingWait(string Name, uint Seconds);
