using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Keeps the bindings of the domain's users (RFC 3261 §10.3, [MS-SIPREGE] §3.2). Sans-IO: requests, decisions of whoever runs the server, and the time
/// in; answers and changes of bindings out.
/// </summary>
internal sealed class Registrar(
    RegistrarOptions options, UserDirectory directory, BindingStore bindings, ConnectionIds connections, RegistrationPolicy policy, TemporaryGruus temporaryGruus)
{
    private readonly BindingFactory _factory = new(connections);
    private readonly RegistrationAnswers _answers = new(options, directory, bindings, policy, temporaryGruus);
    private readonly TimerQueue<EndpointId> _expiries = new();
    private readonly KeepAliveWatch? _watch = options.KeepAliveGrace is { } grace ? new(options.KeepAlive + grace) : null;

    /// <summary>When <see cref="Elapse"/> or <see cref="EndSilent"/> has something to do; null while nobody is registered.</summary>
    public Timestamp? NextDeadline => _watch?.NextDeadline is { } silence && !(_expiries.NextDeadline <= silence) ? silence : _expiries.NextDeadline;

    public ServerAnswer Register(SipRequest request, SipFlow flow, Timestamp now, List<BindingChange> changes)
    {
        if (!directory.TryFind(request.To!.Uri, out var user))
        {
            return ServerAnswer.Refuse(StatusCode.NotFound, ServerDiagnostics.UserNotFound);
        }

        // Nobody registers for somebody else (RFC 3261 §10.3, step 3); delegates would need a policy that does not exist here.
        if (!directory.TryFind(request.From!.Uri, out var sender) || sender != user)
        {
            return ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.SenderNotAuthorized);
        }

        var contacts = request.Headers.GetList(HeaderName.Contact).ToArray();
        if (contacts is ["*"])
        {
            return UnregisterAll(request, user, changes);
        }

        return contacts.Length == 0 ? _answers.Granted(user, now, options.Expires) : Update(request, contacts, user, flow, now, changes);
    }

    /// <summary>The connection is gone. Every endpoint registered on it ends with it, or has the time to come back that the options give.</summary>
    public void CloseFlow(SipFlow flow, Timestamp now, List<BindingChange> changes)
    {
        _watch?.Forget(flow);
        foreach (var binding in bindings.OnFlow(flow))
        {
            if (options.LostConnectionGrace == TimeSpan.Zero)
            {
                End(binding.Id, EndpointChangeReason.FlowClosed, changes);
                continue;
            }

            var due = now + options.LostConnectionGrace;
            Put(binding with { IsConnected = false, Due = due < binding.Due ? due : binding.Due }, EndpointChangeReason.Disconnected, changes);
        }
    }

    /// <summary>Takes bindings away, and lets their endpoints be told why ([MS-SIPREGE] §3.2).</summary>
    /// <returns>How many there were.</returns>
    public int Deregister(IEnumerable<Binding> which, RegistrationNotice notice, List<BindingChange> changes)
    {
        var ids = which.Select(binding => binding.Id).ToArray();
        foreach (var id in ids)
        {
            End(id, EndpointChangeReason.Deregistered, changes, notice);
        }

        return ids.Length;
    }

    /// <summary>Something has come in on a connection.</summary>
    public void Hear(SipFlow flow, Timestamp now) => _watch?.Hear(flow, now);

    /// <summary>Ends the registrations of connections whose clients promised keep-alives and are silent ([MS-CONMGMT] §3.1).</summary>
    /// <returns>Those connections.</returns>
    public IReadOnlyList<SipFlow> EndSilent(Timestamp now, List<BindingChange> changes)
    {
        var silent = new List<SipFlow>();
        while (_watch is not null && _watch.TryTakeSilent(now, out var flow))
        {
            silent.Add(flow);
            foreach (var binding in bindings.OnFlow(flow))
            {
                End(binding.Id, EndpointChangeReason.KeepAliveMissed, changes);
            }
        }

        return silent;
    }

    /// <summary>Ends what was not refreshed.</summary>
    public void Elapse(Timestamp now, List<BindingChange> changes)
    {
        while (_expiries.TryTakeDue(now, out var id))
        {
            var wasConnected = bindings.TryGet(id, out var binding) && binding.IsConnected;
            End(id, wasConnected ? EndpointChangeReason.Expired : EndpointChangeReason.FlowClosed, changes);
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

    private ServerAnswer UnregisterAll(SipRequest request, UcServerUser user, List<BindingChange> changes)
    {
        // RFC 3261 §10.3, step 6: the asterisk removes, it cannot do anything else.
        if (!IsSeconds(request.Headers[HeaderName.Expires], out var time) || time != TimeSpan.Zero)
        {
            return BadRequest("Contact * Without Expires 0");
        }

        foreach (var binding in bindings.OfUser(directory.AddressOfRecord(user)))
        {
            End(binding.Id, EndpointChangeReason.Unregistered, changes);
        }

        return _answers.Granted(user, default, TimeSpan.Zero);
    }

    private ServerAnswer Update(SipRequest request, string[] contacts, UcServerUser user, SipFlow flow, Timestamp now, List<BindingChange> changes)
    {
        // Everything is checked before anything is changed: a REGISTER takes effect whole or not at all (RFC 3261 §10.3, step 7).
        if (!TryRead(contacts, out var read))
        {
            return BadRequest("Unusable Contact");
        }

        if (OutboundRules.Refuse(request, read) is { } cannotKeepFlows)
        {
            return cannotKeepFlows;
        }

        var aor = directory.AddressOfRecord(user);
        var updates = new List<(Binding Binding, TimeSpan Expires)>();
        foreach (var contact in read)
        {
            if (!TryGrant(request, contact, out var expires, out var refusal))
            {
                return refusal;
            }

            var binding = _factory.Create(request, contact, aor, flow, now, expires);
            if (bindings.TryGet(binding.Id, out var earlier) && earlier.CallId == binding.CallId && binding.CSeq <= earlier.CSeq)
            {
                return new ServerAnswer(StatusCode.ServerInternalError, "CSeq Out Of Order");
            }

            updates.Add((WithTemporaryGruu(binding, earlier), expires));
        }

        var isNew = updates.Exists(update => !bindings.TryGet(update.Binding.Id, out _));
        if (updates.Exists(update => update.Expires > TimeSpan.Zero) && policy.Refuse(request, user, isNew) is { } refused)
        {
            return refused;
        }

        foreach (var (binding, expires) in updates)
        {
            if (expires == TimeSpan.Zero)
            {
                End(binding.Id, EndpointChangeReason.Unregistered, changes);
                continue;
            }

            var isKnown = bindings.TryGet(binding.Id, out _);
            if (!isKnown)
            {
                DisplaceOldest(binding.Id, changes);
            }

            // Who asks for outbound promises the same (RFC 5626 §4.4).
            if (binding.Id.FlowNumber > 0
                || (MsKeepAlive.TryParse(request.Headers[HeaderName.MsKeepAlive], out var promise) && promise is { IsServer: false, IsHopByHop: true }))
            {
                _watch?.Watch(flow, now);
            }

            Put(binding, isKnown ? EndpointChangeReason.Refreshed : EndpointChangeReason.Registered, changes);
        }

        var granted = updates.Max(update => update.Expires);
        // [MS-SIPREGE] §2.2.1.4 has no word for what was removed.
        var answer = _answers.Granted(user, now, granted, granted == TimeSpan.Zero ? null : isNew ? "added" : "refreshed");
        if (updates[0].Binding.Id.FlowNumber > 0)
        {
            answer = _answers.Outbound(answer);
        }

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

    private static bool TryRead(string[] contacts, out List<NameAddr> read)
    {
        read = [];
        foreach (var text in contacts)
        {
            if (!NameAddr.TryParse(text, out var contact) || !contact.Uri.IsSip)
            {
                return false;
            }

            read.Add(contact);
        }

        return true;
    }

    // RFC 5627 §3.1.2: the temporary addresses of a registration live as long as it is refreshed under its Call-ID.
    private Binding WithTemporaryGruu(Binding binding, Binding? earlier) => binding.PublicGruu is null
        ? binding
        : binding with { TemporaryNumber = earlier?.CallId == binding.CallId && earlier.TemporaryNumber is { } known ? known : temporaryGruus.NextNumber() };

    // Several flows of one endpoint count as one, and go together.
    private void DisplaceOldest(EndpointId arriving, List<BindingChange> changes)
    {
        var others = bindings.OfUser(arriving.User).Where(binding => !binding.Id.IsSameEndpoint(arriving)).ToArray();
        if (others.Select(binding => binding.Id.Instance).Distinct().Count() < options.MaxEndpointsPerUser)
        {
            return;
        }

        var notice = options.MaxEndpointsPerUser == 1 ? RegistrationNotice.SignedInElsewhere : RegistrationNotice.TooManyEndpoints;
        foreach (var binding in others.Where(binding => binding.Id.IsSameEndpoint(others[0].Id)))
        {
            End(binding.Id, EndpointChangeReason.Displaced, changes, notice);
        }
    }

    private void Put(Binding binding, EndpointChangeReason reason, List<BindingChange> changes)
    {
        bindings.Put(binding);
        _expiries.Set(binding.Id, binding.Due);
        changes.Add(new BindingChange(binding, reason));
    }

    private void End(EndpointId id, EndpointChangeReason reason, List<BindingChange> changes, RegistrationNotice? notice = null)
    {
        _expiries.Cancel(id);
        if (bindings.Remove(id, out var binding))
        {
            changes.Add(new BindingChange(binding, reason, notice));
        }
    }
}
