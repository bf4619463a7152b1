namespace UcSdk;

/// <summary>What came of one question of the discovery.</summary>
public enum DiscoveryOutcome
{
    /// <summary>It names at least one server that may be tried.</summary>
    Found,

    /// <summary>There is no such name, no such record, or no server in the document.</summary>
    NotFound,

    /// <summary>What was found is not used, for the reason given: it is outside the trusted domains, not encrypted, or not readable.</summary>
    Refused,

    /// <summary>The service wants a web ticket first ([MS-OCDISCWS] §3.1; [MS-OCAUTHWS]); this client has none to show.</summary>
    NeedsWebTicket,

    /// <summary>Nobody answered within <see cref="ServerDiscoveryOptions.StepTimeout"/>.</summary>
    TimedOut,

    /// <summary>The question could not be asked, or was answered with a failure.</summary>
    Failed,
}
