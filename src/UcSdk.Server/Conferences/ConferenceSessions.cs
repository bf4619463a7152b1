using Microsoft.Extensions.Logging;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Media;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// The edge of all foci: what their numbers stand for, and the doing of their effects. A dialog, leg or subscription that ends by itself
/// is told to its focus here; one that the focus ends is said goodbye to here. Used on the loop.
/// </summary>
/// <param name="loop">The server's loop.</param>
/// <param name="work">Takes the goodbyes that nobody waits for.</param>
/// <param name="seams">Faults for tests.</param>
/// <param name="options">The server's options.</param>
/// <param name="logger">The server's log.</param>
internal sealed class ConferenceSessions(SerialLoop loop, OwnedTasks work, ServerSeams seams, UcServerOptions options, ILogger logger)
{
    private readonly Dictionary<long, InviteSession> _dialogs = [];
    private readonly Dictionary<long, NotifierSubscription> _subscriptions = [];
    private readonly Dictionary<long, McuLeg> _legs = [];
    private readonly Dictionary<Focus, ConferenceMixer> _mixers = [];
    private long _last;

    public int DialogCount => _dialogs.Count;

    public int SubscriptionCount => _subscriptions.Count;

    public int LegCount => _legs.Count;

    public int MixerCount => _mixers.Count;

    public long NextNumber() => ++_last;

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

    /// <summary>The ACK has come: the leg is heard and seen.</summary>
    public void ConnectLeg(McuLeg leg, ConferenceEndpoint endpoint)
    {
        if (!_legs.ContainsKey(leg.Number))
        {
            return;
        }

        var connected = false;
        Do(leg.Focus, effects => connected = leg.Focus.TryConnectLeg(leg.Number, leg.Party, endpoint, effects));
        if (!connected)
        {
            SayGoodbye(leg.Session);
            return;
        }

        if (!_mixers.TryGetValue(leg.Focus, out var mixer))
        {
            mixer = new ConferenceMixer(loop) { LeavesOutOwn = !seams.MixesOwnAudio };
            _mixers.Add(leg.Focus, mixer);
        }

        mixer.AddLeg(leg.Media);
        Log.LegConnected(logger, leg.Number);
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

    private void SayGoodbye(InviteSession session) => work.Run("BYE", () => session.ByeAsync());

    private void Close(McuLeg leg)
    {
        if (!_legs.Remove(leg.Number))
        {
            return;
        }

        if (_mixers.TryGetValue(leg.Focus, out var mixer) && mixer.RemoveLeg(leg.Media) && mixer.LegCount == 0)
        {
            _mixers.Remove(leg.Focus);
            mixer.Dispose();
        }

        work.Run("closing a media leg", () => leg.Media.CloseAsync());
        Log.LegEnded(logger, leg.Number);
        Do(leg.Focus, effects => leg.Focus.DisconnectLeg(leg.Number, effects));
    }
}
