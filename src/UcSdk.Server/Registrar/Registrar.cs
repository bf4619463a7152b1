using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Keeps the bindings of the domain's users (RFC 3261 §10.3, [MS-SIPREGE] §3.2). Sans-IO: requests and the time in, answers and ended
/// bindings out.
/// </summary>
internal sealed class Registrar(RegistrarOptions options, UserDirectory directory, BindingStore bindings, ConnectionIds connections)
{
    private readonly TimerQueue<EndpointId> _expiries = new();

    /// <summary>When <see cref="Elapse"/> has something to do; null while nobody is registered.</summary>
    public Timestamp? NextDeadline => _expiries.NextDeadline;

    public ServerAnswer Register(SipRequest request, SipFlow flow, Timestamp now, List<BindingEnded> ended)
    {
        if (!directory.TryFind(request.To!.Uri, out var user))
        {
            return ServerAnswer.Refuse(StatusCode.NotFound, ServerDiagnostics.UserNotFound);
        }

        // Nobody registers for somebody else (RFC 3261 §10.3, step 3); delegates would need a policy that does not exist here.
        if (!directory.TryFind(request.From!.Uri, out var sender) || sender != user)
        {
            return new ServerAnswer(StatusCode.Forbidden);
        }

        var aor = directory.AddressOfRecord(user);
        var contacts = request.Headers.GetList(HeaderName.Contact).ToArray();
        if (contacts is ["*"])
        {
            return UnregisterAll(request, aor, ended);
        }

        return contacts.Length == 0 ? Granted(aor, now, options.Expires) : Update(request, contacts, aor, flow, now, ended);
    }

    /// <summary>The connection is gone, and every endpoint registered on it with it.</summary>
    public void CloseFlow(SipFlow flow, List<BindingEnded> ended)
    {
        foreach (var binding in bindings.OnFlow(flow))
        {
            End(binding.Id, BindingEnd.FlowClosed, ended);
        }
    }

    /// <summary>Ends what was not refreshed.</summary>
    public void Elapse(Timestamp now, List<BindingEnded> ended)
    {
        while (_expiries.TryTakeDue(now, out var id))
        {
            End(id, BindingEnd.Expired, ended);
        }
    }

    private static ServerAnswer BadRequest(string reason) => new(StatusCode.BadRequest, reason);

    private static bool IsSeconds(string? text, out TimeSpan time)
    {
        var valid = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        time = TimeSpan.FromSeconds(seconds);
        return valid;
    }

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private ServerAnswer UnregisterAll(SipRequest request, string aor, List<BindingEnded> ended)
    {
        // RFC 3261 §10.3, step 6: the asterisk removes, it cannot do anything else.
        if (!IsSeconds(request.Headers[HeaderName.Expires], out var time) || time != TimeSpan.Zero)
        {
            return BadRequest("Contact * Without Expires 0");
        }

        foreach (var binding in bindings.OfUser(aor))
        {
            End(binding.Id, BindingEnd.Unregistered, ended);
        }

        return Granted(aor, default, TimeSpan.Zero, "removed");
    }

    private ServerAnswer Update(SipRequest request, string[] contacts, string aor, SipFlow flow, Timestamp now, List<BindingEnded> ended)
    {
        // Everything is checked before anything is changed: a REGISTER takes effect whole or not at all (RFC 3261 §10.3, step 7).
        var updates = new List<(Binding Binding, TimeSpan Expires)>();
        foreach (var text in contacts)
        {
            if (!NameAddr.TryParse(text, out var contact) || !contact.Uri.IsSip)
            {
                return BadRequest("Unusable Contact");
            }

            if (!TryGrant(request, contact, out var expires, out var refusal))
            {
                return refusal;
            }

            var binding = Bind(request, contact, aor, flow, now + expires);
            if (bindings.TryGet(binding.Id, out var earlier) && earlier.CallId == binding.CallId && binding.CSeq <= earlier.CSeq)
            {
                return new ServerAnswer(StatusCode.ServerInternalError, "CSeq Out Of Order");
            }

            updates.Add((binding, expires));
        }

        var action = "refreshed";
        foreach (var (binding, expires) in updates)
        {
            if (expires == TimeSpan.Zero)
            {
                End(binding.Id, BindingEnd.Unregistered, ended);
                action = "removed";
                continue;
            }

            if (!bindings.TryGet(binding.Id, out _))
            {
                action = "added";
                DisplaceOldest(aor, ended);
            }

            bindings.Put(binding);
            _expiries.Set(binding.Id, binding.Due);
        }

        var answer = Granted(aor, now, updates.Max(update => update.Expires), action);
        // RFC 3327 §5.3: the client sees by what way it will be reached.
        return updates[0].Binding.Path.Aggregate(answer, (described, proxy) => described.With(HeaderName.Path, proxy));
    }

    private bool TryGrant(SipRequest request, NameAddr contact, out TimeSpan expires, out ServerAnswer refusal)
    {
        refusal = null!;
        // RFC 3261 §10.3, step 7: the parameter before the header before the default; what cannot be read counts as absent.
        if (!IsSeconds(contact.Parameters["expires"], out expires) && !IsSeconds(request.Headers[HeaderName.Expires], out expires))
        {
            expires = options.Expires;
        }

        if (expires > TimeSpan.Zero && expires < options.MinimumExpires)
        {
            refusal = new ServerAnswer(StatusCode.IntervalTooBrief).With(HeaderName.MinExpires, Seconds(options.MinimumExpires));
            return false;
        }

        expires = expires > options.Expires ? options.Expires : expires;
        return true;
    }

    private Binding Bind(SipRequest request, NameAddr contact, string aor, SipFlow flow, Timestamp due)
    {
        var epid = Epid.IsValid(request.From!.Epid) ? request.From.Epid : null;
        Guid? instance = InstanceId.TryParse(contact.Parameters["+sip.instance"], out var given) ? given
            : epid is not null ? InstanceId.FromEpid(epid)
            : null;
        return new Binding
        {
            Id = new EndpointId(aor, instance?.ToString("D") ?? contact.Uri.Text),
            Contact = Present(contact, instance, flow),
            Gruu = instance is { } id ? Gruu.Create(SipUri.Parse(aor), id) : null,
            PublicGruu = instance is { } asked && request.Headers.HasToken(HeaderName.Supported, "gruu")
                ? SipUri.Parse(aor).WithParameter("gr", $"urn:uuid:{asked:D}")
                : null,
            Path = [.. request.Headers.GetList(HeaderName.Path)],
            Epid = epid,
            Flow = flow,
            CallId = request.CallId!,
            CSeq = request.CSeq!.Number,
            Due = due,
        };
    }

    /// <summary>
    /// The Contact as the 200 and later requests carry it. With <c>proxy=replace</c> the client asks for the address that we see instead
    /// of its own ([MS-SIPREGE] §3.2). Clients look for their instance id as a lower-case substring.
    /// </summary>
    private NameAddr Present(NameAddr contact, Guid? instance, SipFlow flow)
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

        return instance is { } id
            ? new NameAddr(uri, null, SipParameters.Empty.WithQuoted("+sip.instance", InstanceId.Format(id)))
            : new NameAddr(uri);
    }

    private void DisplaceOldest(string aor, List<BindingEnded> ended)
    {
        if (bindings.OfUser(aor) is { } all && all.Count >= options.MaxEndpointsPerUser)
        {
            End(all[0].Id, BindingEnd.Displaced, ended);
        }
    }

    private void End(EndpointId id, BindingEnd reason, List<BindingEnded> ended)
    {
        _expiries.Cancel(id);
        if (bindings.Remove(id, out var binding))
        {
            ended.Add(new BindingEnded(binding, reason));
        }
    }

    private ServerAnswer Granted(string aor, Timestamp now, TimeSpan expires, string? action = null)
    {
        var answer = new ServerAnswer(StatusCode.Ok);
        // One field for each binding: clients search the fields, not a list, for their own instance id.
        foreach (var binding in bindings.OfUser(aor))
        {
            var left = Seconds(binding.Due - now);
            var instance = binding.Contact.Parameters.ToString();
            var gruu = binding.Gruu is { } address ? $";gruu=\"{address}\"" : "";
            gruu += binding.PublicGruu is { } open ? $";pub-gruu=\"{open}\"" : "";
            answer = answer.With(HeaderName.Contact, $"<{binding.Contact.Uri}>;expires={left}{instance}{gruu}");
        }

        return Described(answer, expires, action);
    }

    /// <summary>The header fields by which clients learn what kind of server this is ([MS-SIPREGE] §3.2, [MS-CONMGMT] §2.2.1).</summary>
    private ServerAnswer Described(ServerAnswer answer, TimeSpan expires, string? action)
    {
        answer = answer.With(HeaderName.Expires, Seconds(expires));
        if (action is not null)
        {
            answer = answer.With(HeaderName.PresenceState, $"register-action=\"{action}\"");
        }

        // Clients split the list at commas without trimming, and compare each Supported field as a whole.
        answer = answer.With(HeaderName.AllowEvents, string.Join(',', ServedEvents.All));
        foreach (var extension in ServedEvents.RegistrationExtensions)
        {
            answer = answer.With(HeaderName.Supported, extension);
        }

        return answer.With(HeaderName.MsKeepAlive, MsKeepAlive.Answer(options.KeepAlive).ToString());
    }
}
