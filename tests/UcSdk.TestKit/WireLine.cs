using UcSdk.Sip;

namespace UcSdk.TestKit;

/// <summary>One message on its way from one host to another.</summary>
/// <param name="Time">When it was sent.</param>
/// <param name="From">Who sent it: a person's host, or <c>server</c>.</param>
/// <param name="To">To whom.</param>
/// <param name="Message">What.</param>
internal sealed record WireLine(TimeSpan Time, string From, string To, SipMessage Message)
{
    /// <summary>What it is, e.g. <c>INVITE bob (application/ms-conf-invite+xml)</c> or <c>200 INVITE focus (application/cccp+xml)</c>.</summary>
    public string Text { get; } = WireText.Describe(Message);

    /// <summary>With the arrow, e.g. <c>alice → server INVITE bob (application/ms-conf-invite+xml)</c>.</summary>
    public override string ToString() => $"{From} → {To} {Text}";
}
