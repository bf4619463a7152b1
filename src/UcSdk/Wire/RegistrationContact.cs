using UcSdk.Sip;

namespace UcSdk;

/// <summary>How an endpoint introduces itself to a Lync registrar ([MS-SIPREGE] §3.1; [MS-SIPRE] §3.3).</summary>
internal static class RegistrationContact
{
    /// <summary>The event packages that it names; one for each is subscribed to, none is served.</summary>
    public const string Events = "presence";

    // What this client really takes; BENOTIFY allows best-effort notifications.
    private const string Methods = "INVITE, ACK, BYE, CANCEL, INFO, UPDATE, OPTIONS, NOTIFY, BENOTIFY";

    /// <summary>The binding. The server puts the address that it sees in the place of ours (proxy=replace).</summary>
    public static NameAddr Create(SipFlow flow, Guid instance, string opaque)
    {
        var local = flow.Local;
        var uri = SipUri.Create("", local.Host, local.Port == 0 ? null : local.Port)
            .WithParameter("transport", flow.Transport.ToLowerInvariant())
            .WithParameter("ms-opaque", opaque);
        var parameters = SipParameters.Empty
            .WithQuoted("methods", Methods)
            .With("proxy", "replace")
            .WithQuoted("+sip.instance", InstanceId.Format(instance));
        return new NameAddr(uri, null, parameters);
    }

    /// <summary>What a Lync client says in every REGISTER.</summary>
    public static void AddCapabilities(SipRequest register)
    {
        register.Headers.Add(HeaderName.Supported, "gruu-10, adhoclist, msrtc-event-categories, com.microsoft.msrtc.presence");
        register.Headers.Add(HeaderName.Event, "registration");
        register.Headers.Add(HeaderName.AllowEvents, Events);
        register.Headers.Add(HeaderName.MsKeepAlive, "UAC;hop-hop=yes");
    }
}
