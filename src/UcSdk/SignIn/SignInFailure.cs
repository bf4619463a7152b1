using System.Globalization;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>One server that did not sign the user in.</summary>
/// <param name="Attempt">In which attempt, from 1.</param>
/// <param name="Server">The server; null when none was found.</param>
/// <param name="Stage">Where it failed.</param>
/// <param name="StatusCode">The SIP status, or the one that stands for what happened; 0 when SIP has no part in it.</param>
/// <param name="Reason">What happened, in words.</param>
public sealed record SignInFailure(int Attempt, SipTransportAddress? Server, SignInStage Stage, int StatusCode, string Reason)
{
    /// <summary>One line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Attempt} {Stage}{(Server is null ? "" : " ")}{Server}: {Reason}");
}
