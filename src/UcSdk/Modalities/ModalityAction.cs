namespace UcSdk;

/// <summary>
/// What can be asked of a <see cref="Modality"/>; numbers are those of the Lync client's object model. Only <see cref="Connect"/> and
/// <see cref="Disconnect"/> are ever available yet.
/// </summary>
public enum ModalityAction
{
    /// <summary>Connecting: <see cref="Modality.ConnectAsync"/>.</summary>
    Connect = 0,

    /// <summary>Disconnecting, or giving up connecting: <see cref="Modality.DisconnectAsync"/>.</summary>
    Disconnect = 1,

    /// <summary>Changing a property.</summary>
    SetProperty = 2,

    /// <summary>Holding the call.</summary>
    Hold = 3,

    /// <summary>Retrieving it from hold.</summary>
    Retrieve = 4,

    /// <summary>Forwarding an invitation.</summary>
    Forward = 5,

    /// <summary>Transferring the call to somebody.</summary>
    RemoteTransfer = 6,

    /// <summary>Transferring it after talking to somebody.</summary>
    ConsultAndTransfer = 7,

    /// <summary>Sending an instant message.</summary>
    SendInstantMessage = 8,

    /// <summary>Showing that the user types.</summary>
    SetIsTyping = 9,

    /// <summary>Choosing the audio endpoint.</summary>
    SetAudioEndpoint = 10,

    /// <summary>Accepting an invitation.</summary>
    Accept = 11,

    /// <summary>Rejecting an invitation.</summary>
    Reject = 12,

    /// <summary>Transferring the call to another device of the user.</summary>
    LocalTransfer = 13,
}
