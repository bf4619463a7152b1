using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>Makes bindings of what REGISTERs ask for (RFC 3261 §10.3, RFC 5626 §6, RFC 5627 §5, [MS-SIPREGE] §3.1.2.5.1).</summary>
internal sealed class BindingFactory(ConnectionIds connections)
{
    public Binding Create(SipRequest request, NameAddr contact, string aor, SipFlow flow, Timestamp now, TimeSpan expires)
    {
        var epid = Epid.IsValid(request.From!.Epid) ? request.From.Epid : null;
        Guid? instance = InstanceId.TryParse(contact.Parameters["+sip.instance"], out var given) ? given
            : epid is not null ? InstanceId.FromEpid(epid)
            : null;
        var flowNumber = OutboundRules.FlowNumberOf(request, contact);
        var asksForGruu = instance is not null && request.Headers.HasToken(HeaderName.Supported, "gruu");
        return new Binding
        {
            Id = new EndpointId(aor, instance?.ToString("D") ?? contact.Uri.Text, flowNumber),
            Contact = Present(contact, instance, flowNumber, flow),
            Gruu = instance is { } id ? Gruu.Create(SipUri.Parse(aor), id) : null,
            PublicGruu = asksForGruu ? SipUri.Parse(aor).WithParameter("gr", $"urn:uuid:{instance:D}") : null,
            Path = [.. request.Headers.GetList(HeaderName.Path)],
            Epid = epid,
            Flow = flow,
            Tag = request.From.Tag,
            UserAgent = request.Headers[HeaderName.UserAgent],
            IsSurvivable = RegistrationPolicy.IsSurvivable(request),
            CallId = request.CallId!,
            CSeq = request.CSeq!.Number,
            Since = now,
            Due = now + expires,
        };
    }

    /// <summary>
    /// The Contact as the 200 and later requests carry it. With <c>proxy=replace</c> the client asks for the address that we see instead
    /// of its own ([MS-SIPREGE] §3.2). Clients look for their instance id as a lower-case substring.
    /// </summary>
    private NameAddr Present(NameAddr contact, Guid? instance, int flowNumber, SipFlow flow)
    {
        var uri = contact.Uri;
        if ("replace".Equals(contact.Parameters["proxy"], StringComparison.OrdinalIgnoreCase))
        {
            uri = SipUri.Create(uri.User, flow.Remote.Host, flow.Remote.Port, uri.Scheme);
            foreach (var (name, value) in contact.Uri.Parameters)
            {
                uri = uri.WithParameter(name, value);
            }

            uri = uri.WithParameter("ms-received-cid", connections.Of(flow));
        }

        if (instance is not { } id)
        {
            return new NameAddr(uri);
        }

        var parameters = SipParameters.Empty.WithQuoted("+sip.instance", InstanceId.Format(id));
        return new NameAddr(uri, null, flowNumber > 0 ? parameters.With(OutboundRules.FlowNumber, flowNumber.ToString(System.Globalization.CultureInfo.InvariantCulture)) : parameters);
    }
}
