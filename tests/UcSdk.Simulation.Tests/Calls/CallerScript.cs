using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>One call from the caller's side: whom, with which extensions, how patient, and what happens before the answer.</summary>
internal sealed class CallerScript(Phone phone, SeededRandomSource random)
{
    /// <summary>Longer than any phone rings and than Timer C; nobody waits for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly CallWorld _world = phone.World;
    private readonly int _life = phone.Life;

    public async Task RunAsync()
    {
        var others = _world.Phones.Where(other => other != phone).ToArray();
        var callee = others[random.Next(others.Length)].Name;
        var user = _world.Plan.Path == CallPath.Fork && random.Next(2) == 0 ? CallProxy.Everybody : callee;
        SipFlow? flow = null;
        if (!await Attempt.RunAsync(_world.Tally, "reach", async () => flow = await phone.ReachAsync(callee)) || phone.IsDown || phone.Life != _life)
        {
            return;
        }

        var uri = _world.Proxy is null ? SipUri.Create(callee, callee, 5060) : SipUri.Create(user, CallProxy.Domain);
        var invite = phone.Endpoint.CreateRequest(SipMethod.Invite, uri, new(SipUri.Create(phone.Name, CallProxy.Domain)), new(uri));
        DrawExtensions(invite);
        invite.SetBody("application/sdp", Phone.BytesOf(phone.Describe(random)));
        InviteSession? session = null;
        var options = new InviteOptions { Flow = flow, RingTimeout = random.Next(6) == 0 ? TimeSpan.FromSeconds(1 + random.Next(30)) : Patience };
        await Attempt.RunAsync(_world.Tally, "invite", () =>
        {
            session = phone.Endpoint.Invite(invite, options);
            return Task.CompletedTask;
        });
        if (session is not null)
        {
            await CallAsync(phone.Track(session), invite);
        }
    }

    private void DrawExtensions(SipRequest invite)
    {
        switch (random.Next(4))
        {
            case 0:
                break;
            case 1:
                invite.Headers.Add(HeaderName.Require, "100rel");
                break;
            default:
                invite.Headers.Add(HeaderName.Supported, "100rel");
                break;
        }

        if (random.Next(2) == 0)
        {
            invite.Headers.Add(HeaderName.Allow, "INVITE, ACK, CANCEL, BYE, INFO, PRACK, UPDATE");
        }
    }

    private async Task CallAsync(PhoneCall call, SipRequest invite)
    {
        if (random.Next(4) == 0)
        {
            phone.Begin("cancel", () => CancelAsync(call));
        }

        if (random.Next(3) == 0)
        {
            phone.Begin("early talk", () => new TalkScript(call, random.Fork()).TalkEarlyAsync());
        }

        SipResponse? answer = null;
        if (!await Attempt.RunAsync(_world.Tally, "call", async () => answer = await call.Session.Answer))
        {
            return;
        }

        _world.Tally.Count("call answered with", $"{answer!.StatusCode}");
        if (answer.IsSuccess)
        {
            call.Agreed ??= (invite.BodyText, answer.BodyText);
            await new TalkScript(call, random).TalkAsync();
        }
    }

    private async Task CancelAsync(PhoneCall call)
    {
        await phone.PauseAsync(TimeSpan.FromMilliseconds(random.Next(2) == 0 ? random.Next(300) : random.Next(12_000)));
        if (call.IsAlive && call.Session.State is InviteState.Calling or InviteState.Proceeding)
        {
            await Attempt.RunAsync(_world.Tally, "cancel", () => call.Session.CancelAsync());
        }
    }
}
