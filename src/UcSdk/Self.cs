namespace UcSdk;

/// <summary>
/// The signed-in user, at this endpoint: its presence as the server has it, what it publishes of itself, who may see what, and where its calls go. Another object after each
/// sign-in; what it shows goes on from one to the next of the same user.
/// </summary>
public sealed partial class Self
{
    private readonly SelfModel _model;
    private readonly ModelContext _context;

    internal Self(ServerConnection connection, ModelContext context, SelfModel model)
    {
        _context = context;
        _model = model;
        Uri = connection.User.Text;
        Gruu = connection.Gruu?.Text;
        CanMeet = connection.FocusFactoryUri is not null;
        Contact = model.ContactOf(connection.User);
    }

    /// <summary>The address, <c>sip:user@domain</c>.</summary>
    public string Uri { get; }

    /// <summary>
    /// The user as a contact: card, availability, note and the rest as the user's own endpoints know them, with the changes that come of publishing
    /// (<see cref="Contact.InformationChanges"/>). Where the user watches itself, it shows what that tells.
    /// </summary>
    public Contact Contact { get; }

    /// <summary>The address of this very endpoint ([MS-SIPRE] §3.3); null when the server gave none.</summary>
    public string? Gruu { get; }

    /// <summary>Whether the server lets the user make conferences: it named a focus factory.</summary>
    public bool CanMeet { get; }

    /// <summary>Whom to call to hear oneself; null when the server names no such service (<c>botSipUriForTestCall</c>).</summary>
    public ContactEndpoint? TestCallEndpoint => _model.Settings.ServerConfiguration.TestCallUri is { Length: > 0 } uri ? new(ContactEndpointType.Lync, uri, uri[(uri.IndexOf(':', StringComparison.Ordinal) + 1)..]) : null;

    /// <summary>Where calls to the user go.</summary>
    public CallForwarding CallForwarding => _model.CallForwarding;

    /// <summary>Who may see what of the user.</summary>
    public PrivacyRelationships Permissions => _model.Permissions;
}
