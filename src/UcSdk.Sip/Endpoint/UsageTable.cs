using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>The live usages of an endpoint, by kind for the counts, by flow for its end, and by what a message without a dialog names.</summary>
internal sealed class UsageTable
{
    private readonly Dictionary<SipFlow, HashSet<IUsage>> _byFlow = [];
    private readonly Dictionary<string, IDialogOpener> _awaiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RegistrationUsage>> _registered = new(StringComparer.Ordinal);

    private readonly Dictionary<string, OutgoingInvite> _inviting = new(StringComparer.OrdinalIgnoreCase);

    public int Invites { get; private set; }

    public int Subscriptions { get; private set; }

    public int Notifiers { get; private set; }

    public int Referrals { get; private set; }

    public int Registrations { get; private set; }

    public int Publications { get; private set; }

    public void Add(IUsage usage)
    {
        if (!_byFlow.TryGetValue(usage.Flow, out var usages))
        {
            _byFlow.Add(usage.Flow, usages = []);
        }

        if (usages.Add(usage))
        {
            Count(usage, 1);
            Index(usage);
        }
    }

    public void Remove(IUsage usage)
    {
        if (!_byFlow.TryGetValue(usage.Flow, out var usages) || !usages.Remove(usage))
        {
            return;
        }

        if (usages.Count == 0)
        {
            _byFlow.Remove(usage.Flow);
        }

        usages.GiveBack();
        Count(usage, -1);
        Unindex(usage);
    }

    public void FlowClosed(SipFlow flow)
    {
        if (_byFlow.TryGetValue(flow, out var usages))
        {
            // Registrations last: who hears that a registration is lost takes everything else down, and would hide why it ended.
            foreach (var usage in usages.OrderBy(usage => usage is RegistrationUsage).ToArray())
            {
                usage.FlowClosed();
            }
        }
    }

    /// <summary>The subscription or referral whose first NOTIFY came before the answer to its request (RFC 6665 §4.4.1); null when none waits for it.</summary>
    public IDialogOpener? FindAwaiting(SipRequest notify) =>
        _awaiting.TryGetValue(KeyOf(notify.CallId, notify.To!.Tag), out var usage) && usage.Awaits(notify) ? usage : null;

    /// <summary>The INVITE of ours on its way to which a request of a dialog that we do not know may belong: by our tag, which is random, and the Call-ID; null when there is none.</summary>
    public OutgoingInvite? FindInviting(SipRequest request) =>
        request.To!.Tag is { } tag && _inviting.TryGetValue(tag, out var invite) && invite.InitialRequest.CallId == request.CallId ? invite : null;

    /// <summary>The INVITE has its answer: no dialog comes of it any more.</summary>
    public void EndInviting(OutgoingInvite invite)
    {
        if (invite.InitialRequest.From!.Tag is { } tag && _inviting.GetValueOrDefault(tag) == invite)
        {
            _inviting.Remove(tag);
            _inviting.GiveBack();
        }
    }

    /// <summary>
    /// The registration that the registrar's NOTIFY is about ([MS-SIPREGE] §4.1.3); null when it means none of ours. Only who is at the other end of
    /// a binding's flow may say so: of several flows of one endpoint it is the one on which the NOTIFY came.
    /// </summary>
    public RegistrationUsage? FindNotified(SipRequest notify, SipFlow flow) => RegistrationEvent.IsNotice(notify) ? FindMeant(notify, flow) : null;

    private RegistrationUsage? FindMeant(SipRequest notify, SipFlow flow) =>
        _registered.TryGetValue(notify.To!.Uri.AddressOfRecord.Text, out var usages)
            ? usages.Find(usage => usage.Flow == flow && usage.IsMeantBy(notify)) ?? usages.Find(usage => flow.IsFromPeerOf(usage.Flow) && usage.IsMeantBy(notify))
            : null;

    /// <summary>The association of the flow is to be replaced: its registrations are refreshed now.</summary>
    public void Reauthenticate(SipFlow flow)
    {
        if (_byFlow.TryGetValue(flow, out var usages))
        {
            foreach (var registration in usages.OfType<RegistrationUsage>().ToArray())
            {
                registration.RefreshNow();
            }
        }
    }

    public void Abandon()
    {
        foreach (var usage in _byFlow.Values.SelectMany(usages => usages).ToArray())
        {
            usage.Abandon();
        }

        _byFlow.Clear();
        _awaiting.Clear();
        _inviting.Clear();
        _registered.Clear();
        (Invites, Subscriptions, Notifiers, Referrals, Registrations, Publications) = (0, 0, 0, 0, 0, 0);
    }

    private static string KeyOf(string? callId, string? tag) => $"{callId}|{tag}";

    private static string KeyOf(IDialogOpener usage) => KeyOf(usage.Request.CallId, usage.Request.From!.Tag);

    private void Index(IUsage usage)
    {
        switch (usage)
        {
            case IDialogOpener opener when opener.Request.To!.Tag is null:
                // A fork of a SUBSCRIBE comes after it, and what else is awaited is the first one's to take.
                _awaiting.TryAdd(KeyOf(opener), opener);
                break;
            case OutgoingInvite invite when invite.InitialRequest.From!.Tag is { } tag:
                _inviting[tag] = invite;
                break;
            case RegistrationUsage registration:
                var aor = registration.Options.Aor.AddressOfRecord.Text;
                if (!_registered.TryGetValue(aor, out var usages))
                {
                    _registered.Add(aor, usages = new(1));
                }

                usages.Add(registration);
                break;
        }
    }

    private void Unindex(IUsage usage)
    {
        switch (usage)
        {
            case IDialogOpener opener when _awaiting.GetValueOrDefault(KeyOf(opener)) == opener:
                _awaiting.Remove(KeyOf(opener));
                break;
            case OutgoingInvite invite:
                EndInviting(invite);
                break;
            case RegistrationUsage registration:
                var aor = registration.Options.Aor.AddressOfRecord.Text;
                if (_registered.TryGetValue(aor, out var usages) && usages.Remove(registration) && usages.Count == 0)
                {
                    _registered.Remove(aor);
                }

                break;
        }
    }

    private void Count(IUsage usage, int change)
    {
        switch (usage)
        {
            case InviteUsage:
                Invites += change;
                break;
            case SubscriptionUsage:
                Subscriptions += change;
                break;
            case NotifierUsage:
                Notifiers += change;
                break;
            case ReferralUsage or IncomingReferralUsage:
                Referrals += change;
                break;
            case PublicationUsage:
                Publications += change;
                break;
            case RegistrationUsage:
                Registrations += change;
                break;
        }
    }
}
