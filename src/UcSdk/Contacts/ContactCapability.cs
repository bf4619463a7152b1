namespace UcSdk;

/// <summary>One thing that somebody can be reached by (the Lync SDK's <c>PresenceCapability</c>).</summary>
/// <param name="Type">What.</param>
/// <param name="CanRender">Whether it can be shown there.</param>
/// <param name="CanCapture">Whether it can be made there.</param>
/// <param name="Availability">How available the endpoint is that has it.</param>
public sealed record ContactCapability(ContactCapabilityType Type, bool CanRender, bool CanCapture, ContactAvailability Availability);
