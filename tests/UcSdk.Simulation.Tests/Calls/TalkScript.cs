using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>What one side does inside a call: re-INVITE, UPDATE, INFO and others, the answers to those of the peer, and the end.</summary>
internal sealed class TalkScript(PhoneCall call, SeededRandomSource random)
{
    /// <summary>How long anybody waits for an answer inside a call before they lose interest; the request itself goes on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly CallWorld _world = call.Phone.World;

    public async Task TalkAsync()
    {
        var stays = random.NextDouble() < _world.Plan.Standing;
        var end = _world.Now + TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(1000) : random.Next(60_000));
        while (_world.Now < end && call.IsConfirmed)
        {
            await call.Phone.PauseAsync(2 * random.NextDouble() * _world.Plan.TalkPause);
            if (call.IsConfirmed)
            {
                var act = ActAsync();
                if (random.Next(2) == 0)
                {
                    await act;
                }
                else
                {
                    call.Phone.Begin("act", () => act);
                }
            }
        }

        if (!stays && call.IsAlive)
        {
            await Attempt.RunAsync(_world.Tally, "hang up", () => call.Session.ByeAsync());
        }
    }

    /// <summary>What is possible before the answer: UPDATE and INFO in an early dialog (RFC 3311 §5.1).</summary>
    public async Task TalkEarlyAsync()
    {
        for (var times = 1 + random.Next(3); times > 0; times--)
        {
            await call.Phone.PauseAsync(TimeSpan.FromMilliseconds(random.Next(4000)));
            if (!call.IsAlive || call.Session.EarlyDialogs.Count == 0)
            {
                continue;
            }

            var dialog = call.Session.EarlyDialogs[random.Next(call.Session.EarlyDialogs.Count)];
            var method = random.Next(2) == 0 ? SipMethod.Update : SipMethod.Info;
            await SendAsync("early " + method, call.Session.CreateRequest(method, dialog));
        }
    }

    /// <summary>Takes a request of the peer; false leaves it to the endpoint.</summary>
    public bool Take(IncomingRequest incoming)
    {
        if (call.IsTerminated)
        {
            _world.Offences.Add($"{call}: {incoming.Request.Method} after the end");
        }

        // Who refuses every refresh ends the session; nobody refuses twice running.
        var mayRefuse = !call.HasRefused;
        call.HasRefused = false;
        switch (random.Next(8))
        {
            case 0 when mayRefuse:
                call.HasRefused = true;
                return false;
            case 1 when mayRefuse:
                call.HasRefused = true;
                incoming.Respond(StatusCode.NotAcceptableHere);
                return true;
            case 2:
                call.Phone.Begin("answer later", () => AnswerLaterAsync(incoming));
                return true;
            default:
                Answer(incoming);
                return true;
        }
    }

    private async Task AnswerLaterAsync(IncomingRequest incoming)
    {
        if (random.Next(2) == 0)
        {
            incoming.Respond(incoming.Request.Method.IsInvite ? StatusCode.SessionProgress : StatusCode.Trying);
        }

        await call.Phone.PauseAsync(TimeSpan.FromMilliseconds(random.Next(4000)));
        if (incoming.IsAnswered)
        {
            return;
        }

        if (random.Next(8) == 0 && !incoming.Request.Method.IsInvite && incoming.Request.Method != SipMethod.Update)
        {
            // The application knows that it is too late (RFC 4320 §4.2).
            incoming.Respond(StatusCode.RequestTimeout);
        }
        else if (call.IsAlive && call.Session.State != InviteState.Terminating)
        {
            Answer(incoming);
        }
        else
        {
            // RFC 3261 §15.1.2: what is still open when the session ends gets 487.
            incoming.Respond(StatusCode.RequestTerminated);
        }
    }

    private void Answer(IncomingRequest incoming)
    {
        var request = incoming.Request;
        incoming.Respond(StatusCode.Ok, null, response =>
        {
            if (!request.Body.IsEmpty && (request.Method.IsInvite || request.Method == SipMethod.Update))
            {
                // What is offered again unchanged, as refreshes do, is answered unchanged.
                call.Agreed = call.Agreed is { } agreed && agreed.Theirs == request.BodyText ? agreed : (call.Phone.Describe(random), request.BodyText);
                response.SetBody("application/sdp", Phone.BytesOf(call.Agreed.Value.Mine));
            }

            if (request.Method.IsInvite)
            {
                response.Headers.Add(HeaderName.Contact, call.Session.Dialog!.LocalContact.ToString());
            }
        });
    }

    private Task ActAsync()
    {
        var session = call.Session;
        switch (random.Next(6))
        {
            case 0 or 1 when !call.IsOffering:
                return OfferAsync(SipMethod.Invite);
            case 2 when !call.IsOffering:
                return OfferAsync(SipMethod.Update);
            case 3:
                return SendAsync("UPDATE without an offer", session.CreateRequest(SipMethod.Update));
            case 4:
                return SendAsync("OPTIONS", session.CreateRequest(SipMethod.Options));
            default:
                return SendAsync("INFO", session.CreateRequest(SipMethod.Info));
        }
    }

    private async Task OfferAsync(SipMethod method)
    {
        call.IsOffering = true;
        var request = call.Session.CreateRequest(method);
        request.SetBody("application/sdp", Phone.BytesOf(call.Phone.Describe(random)));
        await SendAsync(method.Name, request, response =>
        {
            call.IsOffering = false;
            if (response is { IsSuccess: true })
            {
                call.Agreed = (request.BodyText, response.BodyText);
            }
        });
    }

    private async Task SendAsync(string what, SipRequest request, Action<SipResponse?>? answered = null)
    {
        var answer = AwaitAsync(what, call.Session.SendAsync(request), answered);
        await Task.WhenAny(answer, call.Phone.PauseAsync(Patience));
        if (!answer.IsCompleted)
        {
            _world.Tally.Count(what, "patience lost");
        }
    }

    private async Task AwaitAsync(string what, Task<SipResponse> answer, Action<SipResponse?>? answered)
    {
        SipResponse? response = null;
        call.Unanswered++;
        await Attempt.RunAsync(_world.Tally, what, async () => response = await answer);
        call.Unanswered--;
        if (response is not null)
        {
            _world.Tally.Count(what + " answered with", $"{response.StatusCode}");
        }

        answered?.Invoke(response);
    }
}
