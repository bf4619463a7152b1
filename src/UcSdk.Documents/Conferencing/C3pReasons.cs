namespace UcSdk.Documents;

/// <summary>
/// Reasons of failed C3P requests. Only <see cref="OtherFailure"/> is confirmed by [MS-CONFPRO] §2.2.3.8; the others are what peers are
/// known to say. A receiver must take any string.
/// </summary>
public static class C3pReasons
{
    /// <summary>No other reason fits.</summary>
    public const string OtherFailure = "otherFailure";

    /// <summary>The sender may not do this.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>There is no such conference.</summary>
    public const string ConferenceDoesNotExist = "conferenceDoesntExist";

    /// <summary>There is such a conference already.</summary>
    public const string ConferenceExistsAlready = "conferenceExistsAlready";

    /// <summary>There is no such participant.</summary>
    public const string UserDoesNotExist = "userDoesntExist";

    /// <summary>There is no such endpoint.</summary>
    public const string EndpointDoesNotExist = "endpointDoesntExist";

    /// <summary>The part of the conference that had to do it failed.</summary>
    public const string McuFailure = "mcuFailure";

    /// <summary>The command is not supported.</summary>
    public const string NotSupported = "notSupported";

    /// <summary>The request is not well made.</summary>
    public const string RequestMalformed = "requestMalformed";

    /// <summary>The conference key is wrong.</summary>
    public const string InvalidPasscode = "invalidPasscode";

    /// <summary>A policy forbids it.</summary>
    public const string PolicyViolation = "policyViolation";
}
