using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Sends the NOTIFYs of a registrar, as [MS-SIPREGE] §4.1.3 shows them: within the subscription that the REGISTER implies ([MS-SIPREGE] §2.2.1.1).</summary>
internal sealed class RegistrationNotifier(SipEndpoint endpoint, OwnedTasks work)
{
    public void Tell(Binding binding, RegistrationNotice notice) =>
        work.Run("NOTIFY about a registration", () => endpoint.SendAsync(Create(binding, notice), binding.Flow));

    private SipRequest Create(Binding binding, RegistrationNotice notice)
    {
        var user = new NameAddr(SipUri.Parse(binding.Id.User));
        var to = binding.Tag is { } tag ? user.WithParameter("tag", tag) : user;
        to = binding.Epid is { } epid ? to.WithParameter("epid", epid) : to;
        var notify = endpoint.CreateRequest(SipMethod.Notify, binding.Contact.Uri, user, to);
        foreach (var proxy in binding.Path)
        {
            notify.Headers.Add(HeaderName.Route, proxy);
        }

        notify.Headers.Add(HeaderName.Event, RegistrationEvent.Package);
        notify.Headers.Add(HeaderName.SubscriptionState, notice.Event.IsRegistered ? "active" : "terminated;expires=0");
        if (notice.PreferredRegistrar is { } registrar)
        {
            notify.Headers.Add(HeaderName.PPreferredRegistrar, registrar.Text);
        }

        if (notice.Diagnostic is { } diagnostic)
        {
            notify.Headers.Add(HeaderName.MsDiagnosticsPublic, new MsDiagnostics(diagnostic.Id, diagnostic.Reason).ToString());
        }

        notify.SetBody(RegistrationEvent.ContentType, notice.Event.ToBytes());
        return notify;
    }
}
