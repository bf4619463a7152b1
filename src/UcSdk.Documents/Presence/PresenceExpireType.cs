namespace UcSdk.Documents;

/// <summary>How long a publication lives ([MS-PRES] §2.2.2, attribute <c>expireType</c>).</summary>
public enum PresenceExpireType
{
    /// <summary>Until it is removed; <c>static</c>.</summary>
    Static,

    /// <summary>While the user has any endpoint; <c>user</c>.</summary>
    User,

    /// <summary>While the endpoint that published it is registered; <c>endpoint</c>.</summary>
    Endpoint,

    /// <summary>For the seconds that it says; <c>time</c>.</summary>
    Time,
}
