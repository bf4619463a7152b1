using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>What came of a command to a contact list.</summary>
/// <param name="StatusCode">The SIP status: 200, or why not.</param>
internal sealed record ContactListOutcome(int StatusCode)
{
    /// <summary>What is new, for everybody who watches the list; null when the command was refused.</summary>
    public ContactDelta? Delta { get; init; }

    /// <summary>The number of the group that was added; null for other commands.</summary>
    public uint? AddedGroup { get; init; }

    /// <summary>Why it was refused; null when it was done.</summary>
    public SoapFault? Fault { get; init; }

    public static ContactListOutcome Refuse(int statusCode, string text, string code = SoapFault.BadCall) => new(statusCode) { Fault = new SoapFault(code, text) };
}
