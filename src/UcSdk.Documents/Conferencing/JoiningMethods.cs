namespace UcSdk.Documents;

/// <summary>How an endpoint came into the conference (RFC 4575 §5.7.4, element <c>joining-method</c>).</summary>
public static class JoiningMethods
{
    /// <summary>It called.</summary>
    public const string DialedIn = "dialed-in";

    /// <summary>It was called.</summary>
    public const string DialedOut = "dialed-out";

    /// <summary>It is the focus itself.</summary>
    public const string FocusOwner = "focus-owner";
}
