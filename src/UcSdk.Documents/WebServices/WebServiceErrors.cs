namespace UcSdk.Documents;

/// <summary>Numbers of errors that web services of a pool report ([MS-OCER] §7.22), by which clients know what to do.</summary>
public static class WebServiceErrors
{
    /// <summary>The account was proven, and no user of the server has it (28000, "User is not SIP enabled.").</summary>
    public const uint UserNotEnabled = 28000;

    /// <summary>The service has failed while it proved the account (28001).</summary>
    public const uint InternalError = 28001;

    /// <summary>There is no ticket where one is wanted (28020).</summary>
    public const uint NoTicket = 28020;

    /// <summary>The ticket is none of this issuer's, or was changed (28032).</summary>
    public const uint TicketInvalid = 28032;

    /// <summary>The ticket has expired (28033).</summary>
    public const uint TicketExpired = 28033;

    /// <summary>The ticket is for another service (28077).</summary>
    public const uint WrongAudience = 28077;

    /// <summary>Whether a new ticket may help: with the one that was shown there is something wrong that another may not have.</summary>
    /// <param name="errorId">The number.</param>
    public static bool AreCuredByNewTicket(uint errorId) => errorId is NoTicket or TicketInvalid or TicketExpired or WrongAudience;
}
