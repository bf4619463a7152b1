namespace UcSdk;

/// <summary>Why a web service did not do what was asked.</summary>
public enum WebServiceFailure
{
    /// <summary>The server names no such service.</summary>
    NotOffered,

    /// <summary>A URL is not one that credentials or tickets go to: plain HTTP, or a host outside of what is trusted.</summary>
    NotTrusted,

    /// <summary>No connection, or it was lost.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The account was not proven: no password, a wrong one, or no scheme that both sides know.</summary>
    CredentialsRefused,

    /// <summary>The service does not take the ticket, nor a new one.</summary>
    TicketRefused,

    /// <summary>The service has refused the request; <see cref="WebServiceException.FaultCode"/> and the diagnosis say why.</summary>
    Refused,

    /// <summary>There is no such distribution group.</summary>
    GroupNotFound,

    /// <summary>The group has more members than the server, or the caller, takes.</summary>
    TooManyMembers,

    /// <summary>The answer cannot be read.</summary>
    Unreadable,
}
