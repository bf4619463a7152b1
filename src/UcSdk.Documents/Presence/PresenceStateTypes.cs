namespace UcSdk.Documents;

/// <summary>Who says a state ([MS-PRES] §2.2.2.7, attribute <c>state/@xsi:type</c>).</summary>
public static class PresenceStateTypes
{
    /// <summary>The user, by choice.</summary>
    public const string User = "userState";

    /// <summary>An endpoint, by whether it is used.</summary>
    public const string Machine = "machineState";

    /// <summary>The user's calendar.</summary>
    public const string Calendar = "calendarState";

    /// <summary>The user's calls.</summary>
    public const string Phone = "phoneState";

    /// <summary>The user's conferences.</summary>
    public const string Conference = "conferenceState";

    /// <summary>What the user presents.</summary>
    public const string Presentation = "presentationState";

    /// <summary>The server, from all others; what watchers see.</summary>
    public const string Aggregate = "aggregateState";

    /// <summary>The server, from the states of the endpoints.</summary>
    public const string AggregateMachine = "aggregateMachineState";
}
