using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Asks the server for its settings: the groups by SUBSCRIBE ([MS-SIPREGE] §3.2), the dial plan by SERVICE ([MS-SIPRE] §3.8).</summary>
internal sealed class SettingsFetch(ModelContext context, ServerConnection connection)
{
    public const string Event = "vnd-microsoft-provisioning-v2";

    /// <summary>The groups; null when the server has none, or sent what cannot be read.</summary>
    /// <exception cref="SipException">Refused, or no answer.</exception>
    /// <exception cref="TimeoutException">Accepted, and nothing came.</exception>
    public async Task<ProvisioningNotification?> ReadGroupsAsync(CancellationToken cancellationToken)
    {
        var subscribe = connection.CreateSubscribe(connection.User, Event, ContentTypes.Provisioning);
        subscribe.Headers.Add(HeaderName.Expires, "0");
        subscribe.SetBody(ContentTypes.Provisioning, new ProvisioningRequest(ValueList.From(ProvisioningGroupNames.All)).ToBytes());
        var subscription = connection.Endpoint.Subscribe(subscribe, new SubscriptionOptions { Flow = connection.Flow });
        var notified = new TaskCompletionSource<SipMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        subscription.NotificationReceived += message => notified.TrySetResult(message);
        var answer = await subscription.Established.UntilAsync(cancellationToken);
        if (answer.StatusCode is StatusCode.BadEvent or StatusCode.MethodNotAllowed or StatusCode.NotImplemented)
        {
            // What the registrar offered is not there; there are no conferences either.
            return null;
        }

        SipException.ThrowIfRefused(answer, "SUBSCRIBE provisioning");
        await context.Loop.WithinAsync(notified.Task, connection.TransactionTimeout, "The server's settings", cancellationToken);
        if (!ProvisioningNotification.TryRead((await notified.Task).Body, out var settings, out var error))
        {
            Log.UnreadableDocument(context.Logger, error.ToString());
        }

        return settings;
    }

    /// <summary>The user's own location profile; null when the server has none, or sent what cannot be read.</summary>
    /// <exception cref="SipException">No answer, or a refusal that may pass.</exception>
    public async Task<LocationProfile?> ReadLocationProfileAsync(CancellationToken cancellationToken)
    {
        var target = SipUri.Parse(new LocationProfileUri(connection.User.Text).Text);
        var service = connection.CreateRequest(SipMethod.Service, target);
        service.Headers.Add(HeaderName.Accept, ContentTypes.LocationProfile);
        var answer = await connection.Endpoint.SendAsync(service, connection.Flow, CancellationToken.None).UntilAsync(cancellationToken);
        if (answer.StatusCode is >= 400 and < 500 and not StatusCode.RequestTimeout and not StatusCode.TemporarilyUnavailable)
        {
            // Not every server that names a profile hands it out.
            return null;
        }

        SipException.ThrowIfRefused(answer, "SERVICE location profile");
        if (!LocationProfile.TryRead(answer.Body, out var profile, out var error))
        {
            Log.UnreadableDocument(context.Logger, error.ToString());
        }

        return profile;
    }
}
