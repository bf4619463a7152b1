using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The user's presence at a plain SIP server: one PIDF document (RFC 3863 with the activities of RFC 4480), published by PUBLISH (RFC 3903), which the floor refreshes, and
/// again after each reconnection. Nothing is published before the user has chosen something.
/// </summary>
internal sealed class PlainPresence(ModelContext context)
{
    private ServerConnection? _connection;
    private Publication? _publication;

    /// <summary>What the user has chosen; null before.</summary>
    public ContactAvailability? Availability { get; set; }

    public string? Activity { get; set; }

    public string? Words { get; set; }

    public string? Note { get; set; }

    public async Task StartAsync(ServerConnection connection, ContactAvailability? initial)
    {
        _connection = connection;
        Availability ??= initial;
        if (Availability is not null || Note is not null)
        {
            await PublishAsync();
        }
    }

    /// <summary>Publishes what is chosen now; nothing chosen at all is withdrawn.</summary>
    /// <exception cref="SipException">Refused, or no answer.</exception>
    public async Task PublishAsync()
    {
        var connection = _connection ?? throw new SipException(SipFailure.NoRoute, "PUBLISH: nobody is signed in.");
        if (Availability is null or ContactAvailability.None && Note is null)
        {
            await RemoveAsync();
            return;
        }

        if (_publication is null or { State: PublicationState.Removing or PublicationState.Removed })
        {
            _publication = connection.Endpoint.Publish(new PublicationOptions { Aor = connection.User, Event = "presence", Flow = connection.Flow, Edit = Identify });
        }

        await _publication.PublishAsync(ContentTypes.Pidf, CreateDocument(connection).ToBytes());
    }

    public async Task StopAsync(bool inOrder)
    {
        _connection = null;
        try
        {
            if (inOrder)
            {
                await RemoveAsync();
            }
        }
        catch (SipException failure)
        {
            Log.UncleanEnd(context.Logger, failure);
        }

        _publication = null;
    }

    public void Forget() => (Availability, Activity, Words, Note) = (null, null, null, null);

    private async Task RemoveAsync()
    {
        if (_publication is { State: not (PublicationState.Removing or PublicationState.Removed) } publication)
        {
            await publication.RemoveAsync();
        }

        _publication = null;
    }

    private void Identify(SipRequest publish)
    {
        if (_connection is { } connection)
        {
            publish.Headers[HeaderName.From] = publish.From!.WithParameter("epid", connection.Identity.Epid).ToString();
        }
    }

    private PidfPresence CreateDocument(ServerConnection connection) => new("pres:" + SelfPresenceReader.WithoutScheme(connection.User.Text))
    {
        Tuples =
        [
            new PidfTuple("t" + connection.Identity.Epid) { IsOpen = Availability is not (ContactAvailability.Offline or ContactAvailability.Away), Contact = connection.User.Text },
        ],
        Person = new PidfPerson("p" + connection.Identity.Epid)
        {
            Activities = Activities(),
            OtherActivity = Words,
            Notes = Note is null ? [] : [new PidfNote(Note)],
        },
    };

    private ValueList<string> Activities() => Activity switch
    {
        PresenceActivityTokens.OnThePhone => ["on-the-phone"],
        PresenceActivityTokens.InAMeeting or PresenceActivityTokens.InAConference => ["meeting"],
        PresenceActivityTokens.InPresentation => ["presentation"],
        _ => Availability switch
        {
            ContactAvailability.Busy or ContactAvailability.DoNotDisturb => ["busy"],
            ContactAvailability.TemporarilyAway or ContactAvailability.Away => ["away"],
            _ => [],
        },
    };
}
