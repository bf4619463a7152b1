using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>One side of one call: what its phone was told, in order, and what it believes.</summary>
internal sealed class PhoneCall
{
    private readonly CallWorld _world;
    private readonly int _life;
    private int _terminations;

    public PhoneCall(Phone phone, InviteSession session)
    {
        Phone = phone;
        Session = session;
        _world = phone.World;
        _life = phone.Life;
        BeganAt = _world.Now;
        CallId = session.InitialRequest.CallId!;
        _world.Calls.Add(this);
        session.StateChanged += Changed;
        session.ProvisionalReceived += _ => Require(!IsTerminated, "progress after the end");
        Ending = WatchEndAsync();
    }

    public Phone Phone { get; }

    public InviteSession Session { get; }

    public string CallId { get; }

    public TimeSpan BeganAt { get; }

    public List<InviteStateChange> History { get; } = [];

    /// <summary>Ends when the session has, or its phone.</summary>
    public Task Ending { get; }

    /// <summary>Why it ended; null while it lives, or when its phone did not live to see the end.</summary>
    public InviteReason? EndReason { get; private set; }

    /// <summary>True when the phone broke down during the call.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>True while its phone has neither broken down nor ended it.</summary>
    public bool IsAlive => Phone.Life == _life && !Phone.IsDown && !IsTerminated;

    public bool IsTerminated => Session.State == InviteState.Terminated;

    public bool IsConfirmed => IsAlive && Session.State == InviteState.Confirmed;

    public bool WasConfirmed => History.Exists(change => change.Current == InviteState.Confirmed);

    public bool WasAccepted => History.Exists(change => change.Current == InviteState.Accepted);

    /// <summary>True when the last 2xx that settled the session's life said that it ends without refreshes (RFC 4028).</summary>
    public bool IsGuarded => _world.Log.IsGuarded(this);

    /// <summary>
    /// The last descriptions that were agreed on, of this side and of the peer, as the application knows it: of an answer it hears a moment after
    /// the endpoint, and perhaps after the next offer of the peer.
    /// </summary>
    public (string Mine, string Theirs)? Agreed { get; set; }

    /// <summary>True while an offer of this side waits for its answer: a user agent makes one at a time.</summary>
    public bool IsOffering { get; set; }

    /// <summary>True when the last request of the peer was refused.</summary>
    public bool HasRefused { get; set; }

    /// <summary>Requests of this side whose fate its application has not been told.</summary>
    public int Unanswered { get; set; }

    public bool IsPeerOf(PhoneCall other) =>
        CallId == other.CallId && Session.IsIncoming != other.Session.IsIncoming
        && Session.Dialog is { } mine && other.Session.Dialog is { } its && mine.LocalTag == its.RemoteTag && mine.RemoteTag == its.LocalTag;

    public override string ToString() =>
        $"{Phone.Name} {(Session.IsIncoming ? "callee" : "caller")} of {CallId[..8]} ({string.Join(", ", History.Select(change => $"{change.Current}:{change.Reason}"))})";

    private void Changed(InviteStateChange change)
    {
        Require(!IsAbandoned, $"{change} after the phone broke down");
        Require(_terminations == 0, $"{change} after the end");
        Require(History.Count == 0 || History[^1].Current == change.Previous, $"{change} does not follow from what came before");
        _terminations += change.Current == InviteState.Terminated ? 1 : 0;
        History.Add(change);
    }

    private async Task WatchEndAsync()
    {
        try
        {
            EndReason = await Session.Ended;
            Require(_terminations == 1, $"ended ({EndReason}) after {_terminations} terminations");
        }
        catch (SipException gone) when (gone.Failure == SipFailure.Terminated)
        {
            IsAbandoned = true;
            Require(Phone.Life != _life || Phone.IsDown, "told that its endpoint is gone");
        }
    }

    private void Require(bool holds, string what)
    {
        if (!holds)
        {
            _world.Offences.Add($"{this}: {what}");
        }
    }
}
