namespace UcSdk.Documents;

/// <summary>How long who rings ([MS-SIPRE] §3.9, attribute <c>wait/@name</c>).</summary>
public static class RoutingWaits
{
    /// <summary>Until the call is forwarded, or goes to voice mail.</summary>
    public const string Total = "total";

    /// <summary>The user alone, before the team or the delegates.</summary>
    public const string User = "user";

    /// <summary>The first team.</summary>
    public const string Team1 = "team1";

    /// <summary>The second team.</summary>
    public const string Team2 = "team2";
}
