namespace UcSdk.Documents;

/// <summary>The lists of targets ([MS-SIPRE] §3.9, attribute <c>list/@name</c>).</summary>
public static class RoutingLists
{
    /// <summary>Where calls are forwarded to.</summary>
    public const string ForwardTo = "forwardto";

    /// <summary>What rings beside the user.</summary>
    public const string SimultaneousRing = "simultaneous_ring";

    /// <summary>The members of the team.</summary>
    public const string Team = "team";

    /// <summary>The delegates.</summary>
    public const string Delegates = "delegates";

    /// <summary>Whose calls reach the user even so.</summary>
    public const string Breakthrough = "breakthrough";

    /// <summary>The delegate that is asked first.</summary>
    public const string FirstDelegate = "first_delegate";

    /// <summary>Where voice is added.</summary>
    public const string AddVoice = "add_voice";

    /// <summary>Devices that the user controls.</summary>
    public const string ControlledDevice = "ControlledDevice";
}
