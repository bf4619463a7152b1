using System.Globalization;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Makes conferences at the user's focus factory: C3P in SERVICE, with the outcome in the answer ([MS-CONFPRO] §2.2.3).</summary>
internal sealed class ConferenceFactory(ModelContext context, ServerConnection connection)
{
    private int _requestId;

    /// <summary>Makes a conference and returns the URI of its focus, exactly as the server wrote it.</summary>
    /// <exception cref="ConferenceFailureException">The server has no factory, refused, did not answer or answered nothing usable.</exception>
    public async Task<string> CreateAsync(MeetNowOptions options, CancellationToken cancellationToken)
    {
        if (connection.FocusFactoryUri is not { } factory)
        {
            throw new ConferenceFailureException(ConferenceStage.Scheduling, "the server names no focus factory for this user");
        }

        try
        {
            var response = await SendAsync(factory, new AddConferenceCommand(Describe(options)), cancellationToken);
            return response.Result is AddConferenceResult { Conference.Entity: { Length: > 0 } entity }
                ? entity
                : throw new ConferenceFailureException(ConferenceStage.Scheduling, "the answer names no conference");
        }
        catch (SipException failure)
        {
            throw new ConferenceFailureException(ConferenceStage.Scheduling, failure);
        }
    }

    private async Task<C3pResponse> SendAsync(SipUri factory, C3pCommand command, CancellationToken cancellationToken)
    {
        var request = new C3pRequest((++_requestId).ToString(CultureInfo.InvariantCulture), connection.User.Text, factory.Text, command);
        var service = connection.CreateRequest(SipMethod.Service, factory);
        service.SetBody(ContentTypes.C3p, request.ToBytes());
        var answer = await connection.Endpoint.SendAsync(service, connection.Flow, CancellationToken.None).UntilAsync(cancellationToken);
        SipException.ThrowIfRefused(answer, "SERVICE " + command.Name);
        if (!C3pResponse.TryRead(answer.Body, out var response, out var error))
        {
            Log.UnreadableDocument(context.Logger, error.ToString());
            throw new ConferenceFailureException(ConferenceStage.Scheduling, "the answer cannot be read");
        }

        return response.IsSuccess
            ? response
            : throw new ConferenceFailureException(ConferenceStage.Scheduling, response.Result?.Reason ?? "the server did not say why");
    }

    private ConferenceInfo Describe(MeetNowOptions options) => new("")
    {
        Description = new ConferenceDescription
        {
            Subject = options.Subject,
            ConferenceId = context.Random.NextHex(16).ToUpperInvariant(),
            ExpiryTime = context.WallClock + options.Lifetime,
            AdmissionPolicy = RosterTranslation.ToAdmissionPolicy(options.AccessType),
        },
        View = new ConferenceView
        {
            Entities = [new ConferenceEntityView(ConferenceEntityTypes.Chat), new ConferenceEntityView(ConferenceEntityTypes.AudioVideo)],
        },
    };
}
