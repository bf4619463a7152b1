using UcSdk.Documents;

namespace UcSdk.Server.Web;

/// <summary>What a ticket is worth.</summary>
/// <param name="User">The address of the user who has it; null when it is worth nothing.</param>
/// <param name="Error">Why it is worth nothing (<see cref="WebServiceErrors"/>); 0 otherwise.</param>
internal readonly record struct TicketVerdict(string? User, uint Error)
{
    public static TicketVerdict Refuse(uint error) => new(null, error);

    /// <summary>The error; never the user.</summary>
    public override string ToString() => Error == 0 ? "good" : $"error {Error}";
}
