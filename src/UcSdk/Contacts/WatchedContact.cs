using UcSdk.Core;

namespace UcSdk;

/// <summary>A contact whose presence somebody in the application wants, and where it is asked for. On the loop only.</summary>
internal sealed class WatchedContact(Contact contact)
{
    private readonly StateMachine<ContactPresenceState, ContactPresenceTrigger, ContactPresenceReason> _machine =
        new(ContactPresenceStates.Table, ContactPresenceState.Idle);

    public Contact Contact => contact;

    public string Uri => contact.Uri;

    public ContactPresenceState State => _machine.State;

    /// <summary>How many wishes want every change, and how many are content with being told now and then.</summary>
    public (int Persistent, int Polled) Wishes { get; set; }

    /// <summary>The pool that the server has sent us to; null for none ([MS-PRES] §3.4.5.1.3).</summary>
    public string? Pool { get; set; }

    /// <summary>True when the contact must be subscribed to by itself: the server sent us there, or it knows no batches.</summary>
    public bool IsSingle { get; set; }

    /// <summary>Moves along the row for the trigger, and tells it; nothing happens when the table has none.</summary>
    public void Fire(ContactPresenceTrigger trigger)
    {
        if (!_machine.TryFire(trigger, out var row))
        {
            return;
        }

        if (row.To == ContactPresenceState.WaitingForRetry)
        {
            contact.Forget();
        }
        else if (row.To == ContactPresenceState.Terminating)
        {
            contact.Forget();
            _machine.TryFire(ContactPresenceTrigger.Complete, out _);
        }

        contact.TellState();
    }
}
