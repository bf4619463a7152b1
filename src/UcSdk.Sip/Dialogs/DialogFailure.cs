namespace UcSdk.Sip;

/// <summary>What a refusal of a request inside a dialog says about the dialog (RFC 5057 §5.1).</summary>
internal static class DialogFailure
{
    /// <summary>
    /// True when the response shows that the peer cannot be reached by the dialog at all, so that every usage of it is over: its target or its
    /// route leads nowhere. 481 and 408 end the usage that asked and no other; what else is refused, is refused alone.
    /// </summary>
    public static bool EndsDialog(int status) => status is 404 or 410 or 416 or 482 or 483 or 484 or 485 or 502 or 604;
}
