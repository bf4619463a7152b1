namespace UcSdk.Documents;

/// <summary>One way to use a web service: an address, and what it demands of who comes.</summary>
/// <param name="Name">Its name, by which clients know what it is, e.g. <see cref="WebServicePortNames.AddressBookTicket"/>.</param>
/// <param name="Location">Its URL.</param>
public sealed record WebServicePort(string Name, string Location)
{
    /// <summary>The web ticket service whose tickets it takes; null when it takes none, or does not say.</summary>
    public string? TicketIssuer { get; init; }

    /// <summary>Whether the request must be signed with the key that client and issuer have made for the ticket; default no: having the ticket is enough.</summary>
    public bool RequiresProof { get; init; }
}
