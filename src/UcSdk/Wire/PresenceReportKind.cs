namespace UcSdk;

/// <summary>What becomes of the subscription to one contact (RFC 4662 §5.4; [MS-PRES] §3.4.5.1.3).</summary>
internal enum PresenceReportKind
{
    /// <summary>It goes on, and here is the state.</summary>
    State,

    /// <summary>It is not decided yet.</summary>
    Pending,

    /// <summary>It has ended, and trying again does not help.</summary>
    Refused,

    /// <summary>It has ended, and may be tried again later.</summary>
    Lost,

    /// <summary>It must be made elsewhere.</summary>
    Elsewhere,
}
