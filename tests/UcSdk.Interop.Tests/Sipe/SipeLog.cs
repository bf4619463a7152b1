using System.Text.RegularExpressions;

namespace UcSdk.Interop.Tests;

/// <summary>What SIPE writes while it debugs: every message, and what it thinks of its signature.</summary>
internal sealed partial class SipeLog(string text)
{
    private const string Validated = "sip_transport_input: signature of incoming message validated";
    private const string Invalid = "sip_transport_input: signature of incoming message is invalid";
    private const string Unsigned = "sip_transport_input: message without authentication data - ignoring";

    private const string RegisterAction = "register-action=\"";

    /// <summary>The messages that came from the server, in order.</summary>
    public IReadOnlyList<string> Received => [.. Messages('<')];

    /// <summary>The messages that went to the server, in order.</summary>
    public IReadOnlyList<string> Sent => [.. Messages('>')];

    /// <summary>What the server says it did at each REGISTER: added, refreshed or removed.</summary>
    public IEnumerable<string> RegisterActions =>
        from message in Received
        where message.Contains(RegisterAction, StringComparison.Ordinal)
        select message.Split(RegisterAction)[1].Split('"')[0];

    /// <summary>The status of every answer to a REGISTER.</summary>
    public IEnumerable<string> RegisterStatuses =>
        from message in Received
        where message.StartsWith("SIP/2.0 ", StringComparison.Ordinal) && RegisterCSeq().IsMatch(message)
        select message.Split(' ')[1];

    public override string ToString() => text;

    public bool Contains(string part) => text.Contains(part, StringComparison.Ordinal);

    public int CountOf(string part) => text.Split(part).Length - 1;

    /// <summary>
    /// Every message of the server but the challenges was signed, and SIPE has found each signature right. SIPE itself would let unsigned answers to
    /// REGISTER and provisional ones pass.
    /// </summary>
    /// <param name="atLeast">How many signatures there must be, so that the test has shown something.</param>
    public void RequireEverySignatureValidated(int atLeast)
    {
        Assert.False(Contains(Invalid), text);
        Assert.False(Contains(Unsigned), text);
        var (signed, bare) = (Received.Where(IsSigned).ToArray(), Received.Where(message => !IsSigned(message)).ToArray());
        Assert.All(bare, message => Assert.StartsWith("SIP/2.0 401 ", message, StringComparison.Ordinal));
        Assert.True(signed.Length >= atLeast, $"The server has signed {signed.Length} messages:\n{text}");
        Assert.Equal(signed.Length, CountOf(Validated));
    }

    /// <summary>SIPE found nothing wrong with what the server said, but for what is named.</summary>
    public void RequireNoError(params string[] but) => Assert.DoesNotContain(
        text.Split('\n'),
        line => line.StartsWith("error sipe:", StringComparison.Ordinal) && !but.Any(known => line.Contains(known, StringComparison.Ordinal)));

    private static bool IsSigned(string message) => message.Contains("\nAuthentication-Info: ", StringComparison.OrdinalIgnoreCase) && message.Contains(" rspauth=\"", StringComparison.Ordinal);

    private IEnumerable<string> Messages(char direction) =>
        from Match message in Message().Matches(text)
        where message.Groups[1].Value[0] == direction
        select message.Groups[2].Value;

    [GeneratedRegex(@"^MESSAGE START ([<>])\1* SIP\([^)]*\)[^\n]*\n(.*?)^MESSAGE END ", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex(@"^CSeq: \d+ REGISTER\r?$", RegexOptions.Multiline)]
    private static partial Regex RegisterCSeq();
}
