using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Calls somebody into the chat of a conference on a presenter's word (addUser with the URI of the IM MCU, [MS-CONFBAS] §2.2.3.15), for clients that take no invitations to conferences: an INVITE
/// from the MCU's own address to each endpoint of the user, the first of which that accepts is in the chat.
/// </summary>
internal sealed class ImDialOut(
    SipEndpoint endpoint, LocationService locations, UserDirectory directory, BlockedCallers blocked, ImMcuApplication mcu, OwnedTasks work, UcServerOptions options)
{
    /// <summary>Whether the command is one for the IM MCU of the conference.</summary>
    public static bool IsMeant(Focus focus, AddUserCommand command) =>
        focus.Profile.Focus.For(ConferenceEntityTypes.Chat).Text.Equals(command.McuUri, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the command is refused at once; null where the user is called.</summary>
    public static C3pError? FindFault(Focus focus, string sender, AddUserCommand command) =>
        !focus.IsNamed(command.ConferenceUri) ? C3pError.ConferenceEntityInvalid
        : !focus.MayRun(sender) ? C3pError.AttendeeDialOutForbidden
        : ConferenceChecks.FindFault(command.User);

    /// <summary>Calls; ends when somebody is in the chat (null), or nobody comes, with the C3P reason.</summary>
    /// <param name="focus">The conference.</param>
    /// <param name="sender">The address of record of the presenter.</param>
    /// <param name="user">Who is called.</param>
    /// <param name="role">As what; null as it would come by itself.</param>
    public async Task<string?> CallAsync(Focus focus, string sender, SipUri user, string? role)
    {
        if (!directory.TryFind(user, out var found) || locations.Find(user.AddressOfRecord) is not { } bindings)
        {
            return C3pReasons.UserDoesNotExist;
        }

        if (focus.DialOuts >= options.Conferences.MaxDialOuts || (role is not null && !focus.TryList(directory.AddressOfRecord(found), role)))
        {
            return C3pReasons.PolicyViolation;
        }

        focus.DialOuts++;
        try
        {
            // Who is blocked sees the user offline, and hears the same.
            return await CallAsync(focus, found, blocked.Include(sender, user) ? [] : bindings) ? null : C3pReasons.McuFailure;
        }
        finally
        {
            focus.DialOuts--;
        }
    }

    private async Task<bool> CallAsync(Focus focus, UcServerUser found, IReadOnlyList<Binding> bindings)
    {
        InviteSession? winner = null;
        var isIn = false;
        var address = SipUri.Parse(directory.AddressOfRecord(found));
        var calls = new List<InviteSession>(bindings.Count);
        foreach (var binding in bindings)
        {
            calls.Add(Call(focus, binding, Accept));
        }

        await Task.WhenAll(calls.Select(WaitAsync));
        return isIn;

        // The first is in the chat, unless that has filled meanwhile; the others are told that it is elsewhere.
        void Accept(McuLeg leg, SipResponse answer)
        {
            var isFirst = winner is null;
            winner ??= leg.Session;
            End(isFirst ? calls.Where(call => call != leg.Session) : [leg.Session], AcceptedElsewhere.Create(address));
            isIn |= isFirst && mcu.TryConnect(leg, answer.Contact, TypesOf(answer), found.DisplayName);
        }

        async Task WaitAsync(InviteSession call)
        {
            try
            {
                if (await call.Answer is { StatusCode: >= 600 and var status } && winner is null)
                {
                    // RFC 3261 §16.7 step 5: who declines does so for all endpoints.
                    End(calls.Where(other => other != call), ReasonHeader.OfStatus(status));
                }
            }
            catch (SipException)
            {
                // Nobody there, or accepted elsewhere.
            }
        }
    }

    private void End(IEnumerable<InviteSession> calls, ReasonHeader reason)
    {
        foreach (var call in calls)
        {
            work.Run("ending a call into a chat", () => call.EndAsync([reason]));
        }
    }

    private InviteSession Call(Focus focus, Binding binding, Action<McuLeg, SipResponse> accept)
    {
        var uri = focus.Profile.Focus.For(ConferenceEntityTypes.Chat);
        var user = SipUri.Parse(binding.Id.User);
        var invite = endpoint.CreateRequest(SipMethod.Invite, binding.Contact.Uri, new NameAddr(SipUri.Parse(uri.Text)), new NameAddr(user));
        invite.Addressee = user;
        foreach (var proxy in binding.Path)
        {
            invite.Headers.Add(HeaderName.Route, proxy);
        }

        invite.Headers.Add(HeaderName.Contact, ImSessionRefresh.ContactOf(uri).ToString());
        invite.Headers.Add(HeaderName.Supported, "ms-sender");
        invite.SetBody(SessionDescription.ContentType, ImSessionDescriptions.Offer(uri, "sip." + options.Domain).ToBytes());
        var session = endpoint.Invite(invite, new InviteOptions { Flow = binding.Flow, RingTimeout = options.Conferences.DialOutTimeout });
        var leg = mcu.AddLeg(focus, binding.Id, session);
        session.StateChanged += change =>
        {
            // With the answer, not after it: a message may come right behind.
            if (change.Current == InviteState.Confirmed && change.Previous != InviteState.Confirmed && change.Cause is SipResponse answer)
            {
                accept(leg, answer);
            }
        };
        return session;
    }

    private static AcceptedTypes TypesOf(SipResponse answer) =>
        SessionDescription.TryParse(answer.Body, out var description, out _) && ImSessionDescriptions.MessageLine(description) is { } line
            ? AcceptedTypes.Of(line)
            : AcceptedTypes.Of(ContentTypes.PlainText);
}
