using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Load;

/// <summary>
/// Makes INVITE–180–200–ACK–BYE–200 calls from one endpoint of a pair to the other, with a session description each way. It works in the
/// handlers of the endpoints, as a gateway would, so that what is measured is the endpoints.
/// </summary>
internal sealed class Calls
{
    private const string Sdp = "application/sdp";

    private static readonly NameAddr Alice = new(SipUri.Create("alice", "near.test"), "Alice");
    private static readonly NameAddr Bob = new(SipUri.Create("bob", "far.test"));
    private static readonly byte[] Description = Encoding.ASCII.GetBytes(
        "v=0\r\no=user1 53655765 2353687637 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n");

    private readonly EndpointPair _pair;
    private readonly InviteOptions _options;
    private int _wanted;
    private int _begun;
    private int _ended;
    private bool _hold;
    private bool _isOpenLoop;
    private TimeSpan _talk;
    private readonly Queue<(Timestamp End, InviteSession Session)> _talking = new();
    private TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<InviteSession> _held = [];

    public Calls(EndpointPair pair)
    {
        _pair = pair;
        _options = new() { Flow = pair.Flow };
        pair.Far.RequestReceived = Answer;
    }

    /// <summary>Calls that ended otherwise than by our BYE.</summary>
    public int Failed { get; private set; }

    /// <summary>Calls that were refused with 503.</summary>
    public int Refused { get; private set; }

    /// <summary>Those of them that were told when to come again.</summary>
    public int RefusedWithTime { get; private set; }

    /// <summary>Calls that stood and ended by our BYE.</summary>
    public int Served { get; private set; }

    /// <summary>Calls that have begun since the last beginning.</summary>
    public int Begun => Volatile.Read(ref _begun);

    /// <summary>Calls of those that have ended, or stand where they are to stand.</summary>
    public int Ended => Volatile.Read(ref _ended);

    /// <summary>Makes so many calls, each ended as soon as it stands, with so many at any time.</summary>
    public Task RunAsync(int calls, int window) => BeginAsync(calls, window, hold: false);

    /// <summary>Makes so many calls and lets them stand.</summary>
    public Task HoldAsync(int calls, int window) => BeginAsync(calls, window, hold: true);

    /// <summary>Ends all calls that stand, with so many BYEs at any time.</summary>
    public Task ReleaseAsync(int window)
    {
        Begin(_held.Count);
        _pair.Near.Loop.Post(() =>
        {
            _hold = false;
            for (var index = 0; index < window; index++)
            {
                EndNext();
            }
        });
        return _done.Task;
    }

    /// <summary>
    /// Begins so many calls a second for so long, whatever becomes of them, and lets each stand for a while; ends when all have ended. The report
    /// is called every five seconds, on the loop of the near endpoint.
    /// </summary>
    public async Task OfferAsync(int rate, TimeSpan time, TimeSpan talk, Action<TimeSpan> report)
    {
        var loop = _pair.Near.Loop;
        Begin(int.MaxValue);
        await loop.InvokeAsync(async () =>
        {
            (_hold, _isOpenLoop, _talk) = (false, true, talk);
            (Served, Refused, RefusedWithTime, Failed) = (0, 0, 0, 0);
            var (start, next) = (loop.Now, TimeSpan.FromSeconds(5));
            for (var passed = TimeSpan.Zero; passed < time || _ended < _begun; passed = loop.Now - start)
            {
                for (var due = (int)(Math.Min(passed.TotalSeconds, time.TotalSeconds) * rate); _begun < due;)
                {
                    Start();
                }

                EndTalks(loop.Now);
                if (passed >= next)
                {
                    report(passed);
                    next += TimeSpan.FromSeconds(5);
                }

                await loop.DelayAsync(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            }

            _isOpenLoop = false;
        });
    }

    private void EndTalks(Timestamp now)
    {
        while (_talking.TryPeek(out var first) && first.End <= now)
        {
            _ = _talking.Dequeue().Session.ByeAsync();
        }
    }

    /// <summary>Begins one call; on the loop of the near endpoint.</summary>
    private void Start()
    {
        _begun++;
        var invite = _pair.Near.CreateRequest(SipMethod.Invite, Bob.Uri, Alice, Bob);
        invite.SetBody(Sdp, Description);
        var session = _pair.Near.Invite(invite, _options);
        session.StateChanged += change => Changed(session, change);
    }

    private void Begin(int calls)
    {
        _wanted = calls;
        _begun = 0;
        _ended = 0;
        _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private Task BeginAsync(int calls, int window, bool hold)
    {
        Begin(calls);
        _pair.Near.Loop.Post(() =>
        {
            _hold = hold;
            for (var index = 0; index < Math.Min(window, calls); index++)
            {
                Start();
            }
        });
        return _done.Task;
    }

    private void Changed(InviteSession session, InviteStateChange change)
    {
        if (change.Current == InviteState.Confirmed && change.Previous != InviteState.Confirmed)
        {
            if (_hold)
            {
                _held.Add(session);
                Count();
            }
            else if (_talk > TimeSpan.Zero)
            {
                _talking.Enqueue((_pair.Near.Loop.Now + _talk, session));
            }
            else
            {
                _ = session.ByeAsync();
            }
        }
        else if (change.Current == InviteState.Terminated)
        {
            if (change.Cause is SipResponse { StatusCode: StatusCode.ServiceUnavailable } refusal)
            {
                Refused++;
                RefusedWithTime += refusal.Headers.Contains(HeaderName.RetryAfter) ? 1 : 0;
            }
            else if (change.Previous != InviteState.Terminating)
            {
                Failed++;
            }
            else
            {
                Served++;
            }

            Count();
        }
    }

    private void Count()
    {
        Volatile.Write(ref _ended, _ended + 1);
        if (_ended == _wanted)
        {
            _done.TrySetResult();
        }
        else if (_held.Count > 0 && !_hold)
        {
            EndNext();
        }
        else if (!_isOpenLoop && _begun > 0 && _begun < _wanted)
        {
            Start();
        }
    }

    private void EndNext()
    {
        if (_held.Count > 0)
        {
            var session = _held[^1];
            _held.RemoveAt(_held.Count - 1);
            _ = session.ByeAsync();
        }
    }

    private static void Answer(IncomingRequest request)
    {
        if (request.Request.Method.IsInvite)
        {
            var session = request.CreateInviteSession();
            session.Ring();
            _ = session.AcceptAsync(Sdp, Description);
        }
        else
        {
            request.Respond(StatusCode.NotImplemented);
        }
    }
}
