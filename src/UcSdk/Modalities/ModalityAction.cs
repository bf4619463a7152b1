namespace UcSdk;

/// <summary>
/// What can be asked of a <see cref="Modality"/>; numbers are those of the Lync client's object model. Available yet are <see cref="Connect"/> and
/// <see cref="Disconnect"/>, and for instant messages <see cref="Accept"/>, <see cref="Reject"/>, <see cref="SendInstantMessage"/> and <see cref="SetIsTyping"/>.
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

    /// <summary>Sending an instant message: <see cref="InstantMessageModality.SendMessageAsync(InstantMessageContent, CancellationToken)"/>.</summary>
    SendInstantMessage = 8,

    /// <summary>Showing that the user types: <see cref="InstantMessageModality.SetComposingAsync"/>.</summary>
    SetIsTyping = 9,

    /// <summary>Choosing the audio endpoint.</summary>
    SetAudioEndpoint = 10,

    /// <summary>Accepting an invitation: <see cref="Modality.AcceptAsync"/>.</summary>
    Accept = 11,

    /// <summary>Rejecting an invitation: <see cref="Modality.RejectAsync"/>.</summary>
    Reject = 12,

    /// <summary>Transferring the call to another device of the user.</summary>
    LocalTransfer = 13,
}
