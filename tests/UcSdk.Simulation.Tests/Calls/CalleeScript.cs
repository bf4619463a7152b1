using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>One call from the callee's side: it is refused, rung in some way, accepted, or left to itself for a while.</summary>
internal sealed class CalleeScript(Phone phone, SeededRandomSource random)
{
    private static readonly int[] Refusals = [302, 404, 480, 486, 488, 503, 600, 603];

    private readonly CallWorld _world = phone.World;
    private readonly int _life = phone.Life;
    private int _cancels;

    private bool IsGone => phone.IsDown || phone.Life != _life;

    public async Task RunAsync(IncomingRequest incoming)
    {
        incoming.Canceled += () =>
        {
            if (++_cancels > 1)
            {
                _world.Offences.Add($"{phone.Name}: told {_cancels} times that {incoming.Request.CallId} is cancelled");
            }
        };
        switch (random.Next(10))
        {
            case 0:
                Refuse(incoming);
                break;
            case 1:
                // The application thinks about it, and says nothing meanwhile.
                await PauseAsync(random.Next(40_000));
                Refuse(incoming);
                break;
            case 2 when random.Next(4) == 0:
                // It forgets about it, with a session or without.
                if (random.Next(2) == 0)
                {
                    phone.Track(incoming.CreateInviteSession());
                }

                break;
            case 2:
                await PauseAsync(random.Next(3000));
                await RingAsync(incoming);
                break;
            default:
                await RingAsync(incoming);
                break;
        }
    }

    private void Refuse(IncomingRequest incoming)
    {
        if (!IsGone && !incoming.IsAnswered)
        {
            incoming.Respond(Refusals[random.Next(Refusals.Length)]);
            _world.Tally.Count("decide", "refused without a session");
        }
    }

    private async Task RingAsync(IncomingRequest incoming)
    {
        if (IsGone || incoming.IsAnswered)
        {
            return;
        }

        var session = incoming.CreateInviteSession();
        var call = phone.Track(session);
        if (random.Next(4) == 0)
        {
            phone.Begin("early talk", () => new TalkScript(call, random.Fork()).TalkEarlyAsync());
        }

        for (var times = random.Next(4); times > 0 && call.IsAlive && session.State == InviteState.Incoming; times--)
        {
            Ring(session);
            await PauseAsync(random.Next(2) == 0 ? random.Next(200) : random.Next(8000));
        }

        if (call.IsAlive && session.State == InviteState.Incoming)
        {
            await DecideAsync(call);
        }
    }

    private void Ring(InviteSession session)
    {
        var isReliable = random.Next(2) == 0 && session.InitialRequest.Headers.GetList(HeaderName.Supported).Concat(session.InitialRequest.Headers.GetList(HeaderName.Require)).Contains("100rel");
        switch (isReliable, random.Next(3))
        {
            case (true, 0):
                session.RingReliably(183, "application/sdp", Phone.BytesOf("early " + phone.Describe(random)));
                break;
            case (true, _):
                session.RingReliably(180);
                break;
            case (false, 0):
                session.Ring(183);
                break;
            default:
                session.Ring();
                break;
        }

        _world.Tally.Count("ring", isReliable ? "reliably" : "plainly");
    }

    private async Task DecideAsync(PhoneCall call)
    {
        var session = call.Session;
        switch (random.Next(8))
        {
            case 0:
                session.Reject(Refusals[random.Next(Refusals.Length)]);
                _world.Tally.Count("decide", "rejected");
                break;
            case 1:
                _world.Tally.Count("decide", "hung up while ringing");
                await Attempt.RunAsync(_world.Tally, "hang up ringing", () => session.ByeAsync());
                break;
            case 2:
                // Nobody is at home. In the end the phone gives up by itself.
                await Task.WhenAny(call.Ending, PauseAsync(30_000 + random.Next(200_000)));
                if (call.IsAlive && session.State == InviteState.Incoming)
                {
                    session.Reject(StatusCode.TemporarilyUnavailable);
                    _world.Tally.Count("decide", "nobody at home");
                }

                break;
            default:
                await AcceptAsync(call);
                break;
        }
    }

    private async Task AcceptAsync(PhoneCall call)
    {
        var description = phone.Describe(random);
        var accepting = call.Session.AcceptAsync("application/sdp", Phone.BytesOf(description), response =>
        {
            call.Agreed = (description, call.Session.InitialRequest.BodyText);
            if (random.Next(2) == 0)
            {
                response.Headers.Add(HeaderName.Allow, "INVITE, ACK, CANCEL, BYE, INFO, PRACK, UPDATE");
            }
        });
        if (random.Next(8) == 0)
        {
            // Gone again before the ACK can be there.
            phone.Begin("hang up at once", async () =>
            {
                await PauseAsync(random.Next(400));
                await Attempt.RunAsync(_world.Tally, "hang up at once", () => call.Session.ByeAsync());
            });
        }

        if (await Attempt.RunAsync(_world.Tally, "accept", () => accepting))
        {
            await new TalkScript(call, random).TalkAsync();
        }
    }

    private Task PauseAsync(int milliseconds) => phone.PauseAsync(TimeSpan.FromMilliseconds(milliseconds));
}
