using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The edge of all foci: what their numbers stand for, and the doing of their effects. A dialog, leg or subscription that ends by itself
/// is told to its focus here; one that the focus ends is said goodbye to here. Used on the loop.
/// </summary>
/// <param name="work">Takes the goodbyes that nobody waits for.</param>
/// <param name="options">The server's options.</param>
/// <param name="logger">The server's log.</param>
internal sealed class ConferenceSessions(OwnedTasks work, UcServerOptions options, ILogger logger)
{
    private readonly Dictionary<long, InviteSession> _dialogs = [];
    private readonly Dictionary<long, NotifierSubscription> _subscriptions = [];
    private readonly Dictionary<long, McuLeg> _legs = [];
    private long _last;

    public int DialogCount => _dialogs.Count;

    public int SubscriptionCount => _subscriptions.Count;

    /// <summary>Sessions with one kind of MCU, those that are being set up included.</summary>
    public int CountLegs(string part) => _legs.Values.Count(leg => leg.Part == part);

    public long NextNumber() => ++_last;

    /// <summary>The session with an MCU that the number stands for, until it has ended.</summary>
    public bool TryGetLeg(long number, [NotNullWhen(true)] out McuLeg? leg) => _legs.TryGetValue(number, out leg);

    /// <summary>Takes a focus dialog that was let in; when it ends, its endpoint leaves.</summary>
    public void AddDialog(Focus focus, long number, InviteSession session)
    {
        _dialogs.Add(number, session);
        session.StateChanged += change =>
        {
            if (change.Current == InviteState.Terminated && _dialogs.Remove(number))
            {
                Do(focus, effects => focus.Leave(number, effects));
            }
        };
    }

    /// <summary>Takes a roster subscription that was accepted.</summary>
    public void AddSubscription(Focus focus, long number, NotifierSubscription subscription)
    {
        _subscriptions.Add(number, subscription);
        subscription.Refreshed += () => Notify(number, focus.Subscriptions.Refresh(number));
        subscription.StateChanged += change =>
        {
            if (change.Current == NotifierState.Terminated && _subscriptions.Remove(number))
            {
                focus.Subscriptions.Remove(number);
            }
        };
    }

    /// <summary>Takes a leg from its INVITE on: it is closed when its dialog ends, however far it has come.</summary>
    public void AddLeg(McuLeg leg)
    {
        _legs.Add(leg.Number, leg);
        leg.Session.StateChanged += change =>
        {
            if (change.Current == InviteState.Terminated)
            {
                Close(leg);
            }
        };
    }

    /// <summary>The ACK has come: the leg is seen. False when it has ended meanwhile, or the focus does not take it, and it ends now.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="endpoint">How it is seen.</param>
    /// <param name="called">The name of its user where the MCU has called, which needs no seat in the focus; null where the user has.</param>
    public bool TryConnectLeg(McuLeg leg, ConferenceEndpoint endpoint, string? called = null)
    {
        if (!_legs.ContainsKey(leg.Number))
        {
            return false;
        }

        var connected = false;
        Do(leg.Focus, effects => connected = called is null
            ? leg.Focus.TryConnectLeg(leg.Number, leg.Party, endpoint, effects)
            : leg.Focus.TryConnectCalledLeg(leg.Number, leg.Party, called, endpoint, effects));
        if (connected)
        {
            Log.LegConnected(logger, leg.Number);
        }
        else
        {
            SayGoodbye(leg.Session);
        }

        return connected;
    }

    /// <summary>Lets a focus work and does what it asks for.</summary>
    public void Do(Focus focus, Action<List<FocusEffect>> step)
    {
        var effects = new List<FocusEffect>();
        step(effects);
        Perform(focus, effects);
    }

    public void Perform(Focus focus, List<FocusEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case FocusEffect.Notify(var number, var document):
                    Notify(number, document);
                    break;
                case FocusEffect.EndSubscription(var number, var document):
                    EndSubscription(number, document);
                    break;
                case FocusEffect.EndDialog(var number, var reason):
                    EndDialog(number, reason);
                    break;
                case FocusEffect.EndLeg(var number):
                    EndLeg(number);
                    break;
                case FocusEffect.StateChanged(var previous, var current, var reason):
                    Log.ConferenceMoved(logger, new(focus.Profile.Focus.Text, options.LogUserData), previous, current, reason);
                    if (current == FocusState.Deleted)
                    {
                        EndLegs(focus);
                    }

                    break;
            }
        }
    }

    /// <summary>Closes what a goodbye never ended, when the server stops.</summary>
    public void CloseAll()
    {
        foreach (var leg in _legs.Values.ToArray())
        {
            Close(leg);
        }

        _dialogs.Clear();
        _subscriptions.Clear();
    }

    private void Notify(long number, ConferenceInfo document)
    {
        if (_subscriptions.TryGetValue(number, out var subscription) && subscription.State == NotifierState.Active)
        {
            subscription.Notify(ContentTypes.ConferenceInfo, document.ToBytes());
        }
    }

    private void EndSubscription(long number, ConferenceInfo? document)
    {
        if (_subscriptions.Remove(number, out var subscription) && subscription.State == NotifierState.Active)
        {
            var body = document?.ToBytes();
            subscription.Terminate("noresource", body is null ? "" : ContentTypes.ConferenceInfo, body);
        }
    }

    private void EndDialog(long number, FocusDialogEnd reason)
    {
        if (_dialogs.Remove(number, out var session))
        {
            Log.DialogEnded(logger, number, reason);
            SayGoodbye(session);
        }
    }

    private void EndLeg(long number)
    {
        if (_legs.TryGetValue(number, out var leg))
        {
            SayGoodbye(leg.Session);
            Close(leg);
        }
    }

    // Those that the focus has never seen: of somebody who still rings, or has not sent the ACK.
    private void EndLegs(Focus focus)
    {
        foreach (var leg in _legs.Values.Where(leg => leg.Focus == focus).ToArray())
        {
            EndLeg(leg.Number);
        }
    }

    /// <summary>Ends a session; nobody waits for the peer's answer.</summary>
    public void SayGoodbye(InviteSession session) => work.Run("BYE", () => session.ByeAsync());

    private void Close(McuLeg leg)
    {
        if (!_legs.Remove(leg.Number))
        {
            return;
        }

        leg.Closed();
        Log.LegEnded(logger, leg.Number);
        Do(leg.Focus, effects => leg.Focus.DisconnectLeg(leg.Number, effects));
    }
}
