namespace UcSdk;

/// <summary>How a server connection came to its end without the user's doing.</summary>
internal enum ConnectionEnd
{
    FlowLost,
    RegistrationLost,
    Deregistered,
}
