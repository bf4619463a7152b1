namespace UcSdk;

/// <summary>The signed-in user, at this endpoint.</summary>
public sealed class Self
{
    internal Self(ServerConnection connection)
    {
        Uri = connection.User.Text;
        Gruu = connection.Gruu?.Text;
        CanMeet = connection.FocusFactoryUri is not null;
    }

    /// <summary>The address, <c>sip:user@domain</c>.</summary>
    public string Uri { get; }

    /// <summary>The address of this very endpoint ([MS-SIPRE] §3.3); null when the server gave none.</summary>
    public string? Gruu { get; }

    /// <summary>Whether the server lets the user make conferences: it named a focus factory.</summary>
    public bool CanMeet { get; }
}
