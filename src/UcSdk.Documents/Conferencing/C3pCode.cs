namespace UcSdk.Documents;

/// <summary>How a C3P request ended, or that it has not ([MS-CONFBAS] §2.2.1, attribute <c>code</c>).</summary>
public enum C3pCode
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was not; the reason stands in <see cref="C3pResult.Reason"/>.</summary>
    Failure,

    /// <summary>It was accepted, and another response with the same request id follows.</summary>
    Pending,
}
