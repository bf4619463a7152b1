namespace UcSdk;

/// <summary>Where a <see cref="Modality"/> stands; members and numbers are those of the Lync client's object model.</summary>
public enum ModalityState
{
    /// <summary>Not in use. It can be connected, also again.</summary>
    Disconnected = 0,

    /// <summary>The INVITE is on its way; nobody has answered.</summary>
    Connecting = 1,

    /// <summary>An invitation has arrived and waits for an answer: of audio, that of somebody who makes the conversation a conference. Participants in a roster show it while they are rung.</summary>
    Notified = 2,

    /// <summary>The other side has answered; media is not there yet.</summary>
    Joining = 3,

    /// <summary>The server calls the user's phone first. Not entered yet.</summary>
    ConnectingToCaller = 4,

    /// <summary>Media flows, or messages can be exchanged; a session of messages that rests is connected too.</summary>
    Connected = 5,

    /// <summary>Another client of the user is active. Not entered yet.</summary>
    Suspended = 6,

    /// <summary>Held. Own modalities do not enter it yet; participants in a roster show it.</summary>
    OnHold = 7,

    /// <summary>The invitation is being forwarded. Not entered yet.</summary>
    Forwarding = 8,

    /// <summary>The call is being transferred. Not entered yet.</summary>
    Transferring = 9,

    /// <summary>Ending; the other side has not confirmed yet.</summary>
    Disconnecting = 10,
}
