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
    private readonly Dictionary<Focus, int> _pending = [];

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
    public async Task<string?> CallAsync(Focus focus, string sender, SipUri user)
    {
        if (!directory.TryFind(user, out var found) || locations.Find(user.AddressOfRecord) is not { } bindings)
        {
            return C3pReasons.UserDoesNotExist;
        }

        var pending = _pending.GetValueOrDefault(focus);
        if (pending >= options.Conferences.MaxDialOuts)
        {
            return C3pReasons.PolicyViolation;
        }

        _pending[focus] = pending + 1;
        try
        {
            // Who is blocked sees the user offline, and hears the same.
            return await CallAsync(focus, found, blocked.Include(sender, user) ? [] : bindings) ? null : C3pReasons.McuFailure;
        }
        finally
        {
            if (--_pending[focus] == 0)
            {
                _pending.Remove(focus);
            }
        }
    }

    private async Task<bool> CallAsync(Focus focus, UcServerUser found, IReadOnlyList<Binding> bindings)
    {
        InviteSession? winner = null;
        var address = SipUri.Parse(directory.AddressOfRecord(found));
        var calls = new List<InviteSession>(bindings.Count);
        foreach (var binding in bindings)
        {
            calls.Add(Call(focus, binding, found.DisplayName, Win));
        }

        await Task.WhenAll(calls.Select(WaitAsync));
        return winner is not null;

        // The first is in the chat; the others are told that it is elsewhere.
        bool Win(InviteSession session)
        {
            var isFirst = winner is null;
            winner ??= session;
            foreach (var other in isFirst ? calls.Where(call => call != session) : [session])
            {
                work.Run("ending a call that was accepted elsewhere", () => other.EndAsync([AcceptedElsewhere.Create(address)]));
            }

            return isFirst;
        }
    }

    private InviteSession Call(Focus focus, Binding binding, string name, Func<InviteSession, bool> tryWin)
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
            if (change.Current == InviteState.Confirmed && change.Previous != InviteState.Confirmed && tryWin(session) && change.Cause is SipResponse answer)
            {
                mcu.TryConnect(leg, answer.Contact, TypesOf(answer), name);
            }
        };
        return session;
    }

    private static AcceptedTypes TypesOf(SipResponse answer) =>
        SessionDescription.TryParse(answer.Body, out var description, out _) && ImSessionDescriptions.MessageLine(description) is { } line
            ? AcceptedTypes.Of(line)
            : AcceptedTypes.Of(ContentTypes.PlainText);

    private static async Task WaitAsync(InviteSession call)
    {
        try
        {
            await call.Answer;
        }
        catch (SipException)
        {
            // Nobody there, or accepted elsewhere.
        }
    }
}
