namespace UcSdk.Sip;

/// <summary>What a DNS server said to a question (RFC 1035 §4.1.1 RCODE), or that none said anything.</summary>
public enum DnsStatus
{
    /// <summary>The name exists; it need not have records of the kind asked for.</summary>
    NoError = 0,

    /// <summary>The server did not understand the question.</summary>
    FormatError = 1,

    /// <summary>The server could not find out.</summary>
    ServerFailure = 2,

    /// <summary>There is no such name.</summary>
    NameError = 3,

    /// <summary>The server does not answer such questions.</summary>
    NotImplemented = 4,

    /// <summary>The server does not answer us.</summary>
    Refused = 5,

    /// <summary>No server answered in time.</summary>
    TimedOut = 256,
}
